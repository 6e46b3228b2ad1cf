import { AppError } from '@/lib/errors';
import { resolveColumns, type ColumnMap, type NamedSource } from '@/lib/recipients/mapping';
import { keyOfVariant } from '@/lib/variants/keys';
import type { Draft } from './campaign-draft';

type NamedMapping = Record<string, NamedSource>;

interface Uploaded {
  columns: readonly string[];
  /** The campaign's own; undefined: the columns that bear the names. */
  mapping: NamedMapping | undefined;
}

/** What fills the first message: the campaign's mapping, but for what the test says of it. */
export function firstMapping(draft: Draft, mapping: NamedMapping | undefined): NamedMapping | undefined {
  const own = draft.test?.messages[0]?.mapping;
  return own && mapping ? { ...mapping, ...own } : (mapping ?? own);
}

/**
 * Where the messages after the first find what fills them: as the campaign's mapping says, as far as their template has
 * the same parameters, but for what they say themselves. Throws 422 that names the message.
 */
export function mapOthers(draft: Draft, { columns, mapping }: Uploaded): ColumnMap[] {
  return (draft.test?.messages.slice(1) ?? []).map((message, i) => {
    const { parameters } = message.template;
    const known = new Set(['phone_number', 'country_code', ...parameters.map(({ key }) => key)]);
    const shared = mapping && Object.fromEntries(Object.entries(mapping).filter(([key]) => known.has(key)));
    const asked = shared || message.mapping ? { ...shared, ...message.mapping } : undefined;
    return naming(i + 1, () => resolveColumns({ columns, mapping: asked, parameters }));
  });
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
