import type { AudienceRules, RowProblem } from '@/components/audience/types';

export interface GridColumn {
  name: string;
  /** Index among the file's columns. */
  index: number;
  /** What it fills, each once. */
  keys: string[];
  /** Whether a problem of a row is about this column: each message of a test is filled in its own way. */
  isMeant: (problem: Pick<RowProblem, 'key' | 'variant'>) => boolean;
}

/** The columns that fill something in some message, in the file's order (pure). */
export function mappedColumns(columns: readonly string[], rules: AudienceRules): GridColumn[] {
  const mappings = [rules, ...(rules.others ?? [])].map(({ mapping }) => mapping);
  return columns
    .map((name, index) => ({
      name,
      index,
      keys: [
        ...new Set(
          mappings.flatMap((mapping) => Object.keys(mapping).filter((key) => mapping[key]?.column === name)),
        ),
      ],
      isMeant: ({ key, variant }: Pick<RowProblem, 'key' | 'variant'>) =>
        mappings[variant]?.[key]?.column === name,
    }))
    .filter(({ keys }) => keys.length > 0);
}
