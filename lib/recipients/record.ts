import type { CountryCode } from 'libphonenumber-js/min';
import type { TemplateParameter } from '@/lib/templates/schema';
import { unescapeCell } from './csv-cells';
import type { ColumnMap } from './mapping';
import { formatsOf, paramsOf, valueOf } from './params';
import { checkRecipient, type CheckedRecipient } from './validate';

/** By what the records of one list are judged. */
export interface RecordRules {
  columns: readonly string[];
  map: ColumnMap;
  parameters: readonly TemplateParameter[];
  defaultCountry: CountryCode | undefined;
}

/** A record's cells as they are kept: without escapes, as many as the header has, or more (browser-safe). */
export function cellsOf(raw: readonly string[], width: number): string[] {
  return fitCells(raw.map(unescapeCell), width);
}

/** Spreadsheets leave out empty cells at the end of a row, or add some. */
export function fitCells(cells: string[], width: number): string[] {
  while (cells.length < width) cells.push('');
  while (cells.length > width && cells.at(-1)?.trim() === '') cells.pop();
  return cells;
}

/**
 * Whether a record becomes a recipient, duplicates and the do-not-contact list apart (browser-safe): the import
 * and the check before it decide by this. A problem of the row as a whole has the key ''.
 */
export function judgeRecord(
  { cells, malformed }: { cells: readonly string[]; malformed: boolean },
  { columns, map, parameters, defaultCountry }: RecordRules,
): CheckedRecipient {
  if (malformed) return refuseRow('A quote in this row is neither closed nor doubled.');
  if (cells.length > columns.length) {
    return refuseRow(
      `This row has ${cells.length} columns, the header has ${columns.length}: put values with a delimiter in them in quotes.`,
    );
  }
  return checkRecipient(
    {
      phoneNumber: cells[map.phoneNumber] ?? '',
      countryCode: valueOf(cells, map.countryCode),
      params: paramsOf(cells, map.parameters),
    },
    { parameters, defaultCountry, formats: formatsOf(map.parameters) },
  );
}

/** The column that fills `key`, or the key itself where no column does (browser-safe). */
export function columnOf(key: string, { columns, map }: Pick<RecordRules, 'columns' | 'map'>): string {
  return columns[columnIndexOf(key, map) ?? -1] ?? key;
}

function columnIndexOf(key: string, map: ColumnMap): number | null | undefined {
  if (key === 'phone_number') return map.phoneNumber;
  if (key === 'country_code') return map.countryCode.column;
  return map.parameters[key]?.column;
}

function refuseRow(message: string): CheckedRecipient {
  return { ok: false, problems: [{ key: '', message }] };
}
