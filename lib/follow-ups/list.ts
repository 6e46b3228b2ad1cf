import { AppError } from '@/lib/errors';
import { nameColumns } from '@/lib/recipients/csv-cells';
import type { AudienceMember } from './audience';

/** The column with the number as it was written to, E.164; the uploaded one may need a country that is not here. */
const PHONE_COLUMN = 'phone_number';

export interface ListShape {
  columns: string[];
  /** One of `columns`. */
  phoneColumn: string;
  cellsOf: (member: AudienceMember) => string[];
}

/** How a campaign's people look as a list again: the uploaded columns, and their number. */
export function shapeOf(uploaded: readonly string[]): ListShape {
  const columns = nameColumns(uploaded);
  const own = columns.findIndex((name) => name.toLowerCase() === PHONE_COLUMN);
  if (own === -1) {
    return {
      columns: [PHONE_COLUMN, ...columns],
      phoneColumn: PHONE_COLUMN,
      cellsOf: ({ phone, cells }) => [phone, ...cells],
    };
  }
  return {
    columns,
    phoneColumn: columns[own] ?? PHONE_COLUMN,
    cellsOf: ({ phone, cells }) => cells.with(own, phone),
  };
}

export function nobodyInAudience(): AppError {
  const message = 'Nobody is in this audience now: choose another one, or wait for more reports.';
  return new AppError('invalid', 'nobody_in_audience', message, {
    issues: [{ path: 'audience', message }],
  });
}
