import type { AudienceRules } from '@/components/audience/types';

export interface GridColumn {
  name: string;
  /** Index among the file's columns. */
  index: number;
  /** What it fills. */
  keys: string[];
}

/** The columns that fill something, in the file's order (pure). */
export function mappedColumns(columns: readonly string[], { mapping }: AudienceRules): GridColumn[] {
  return columns
    .map((name, index) => ({
      name,
      index,
      keys: Object.keys(mapping).filter((key) => mapping[key]?.column === name),
    }))
    .filter(({ keys }) => keys.length > 0);
}
