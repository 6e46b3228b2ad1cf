import { AppError } from '@/lib/errors';
import { keysOfMapping, resolveColumns, type ColumnMap, type NamedSource } from '@/lib/recipients/mapping';
import type { Template } from '@/lib/templates/schema';
import { keyOfVariant } from '@/lib/variants/keys';
import type { Draft } from './campaign-draft';

export type NamedMapping = Record<string, NamedSource>;

interface Uploaded {
  columns: readonly string[];
  /** The campaign's own; undefined: the columns that bear the names. */
  mapping: NamedMapping | undefined;
}

/**
 * What fills each message, in their order: as the campaign's mapping says, as far as its template has the same parameters,
 * but for what the test says of it; undefined: nobody has said anything.
 */
export function namedMappings(
  { template, test }: Pick<Draft, 'template' | 'test'>,
  mapping: NamedMapping | undefined,
): (NamedMapping | undefined)[] {
  return (test?.messages ?? [{ template, mapping: undefined }]).map((message, i) => {
    // The first one's unknown keys are refused, not passed over: the mapping is its own.
    const shared = i === 0 ? mapping : mapping && sharedWith(message.template, mapping);
    return shared || message.mapping ? { ...shared, ...message.mapping } : undefined;
  });
}

function sharedWith({ parameters }: Template, mapping: NamedMapping): NamedMapping {
  const known = new Set(keysOfMapping(parameters));
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => known.has(key)));
}

/** Where each message finds what fills it, the first one first. Throws 422 that names a later message. */
export function mapMessages(
  draft: Pick<Draft, 'template' | 'test'>,
  { columns, mapping }: Uploaded,
): [ColumnMap, ...ColumnMap[]] {
  const asked = namedMappings(draft, mapping);
  const mapOf = (i: number, { parameters }: Template) =>
    resolveColumns({ columns, mapping: asked[i], parameters });
  const others = (draft.test?.messages ?? []).slice(1);
  return [
    mapOf(0, draft.template),
    ...others.map(({ template }, i) => naming(i + 1, () => mapOf(i + 1, template))),
  ];
}

function naming<T>(index: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof AppError) || !error.issues) throw error;
    const name = `Message ${keyOfVariant(index + 1)}`;
    throw new AppError(error.kind, error.code, `${name}: ${error.message}`, {
      issues: error.issues.map(({ path, message }) => ({ path: `variants[${index}].${path}`, message })),
    });
  }
}
