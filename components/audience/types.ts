import type { NamedSource } from '@/lib/recipients/mapping';
import type { TemplateParameter } from '@/lib/templates/schema';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Delimiter = ',' | ';' | '\t' | '|';

/** What was read of a file, or of pasted rows. */
export interface AudienceFile {
  name: string;
  bytes: number;
  kind: 'text' | 'xlsx' | 'pasted';
  /** As found, or as a person chose; null for a workbook. */
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  /** The header row, each name once and none empty. */
  columns: string[];
  /** Rows under the header, blank ones left out. */
  rowCount: number;
  /** The first rows, for the mapping table. */
  sample: string[][];
  /** What was mended on the way, in plain words: a doubled column name, a `sep=` line. */
  notices: string[];
}

/** Why a row will not be sent. `missing`: a value that the template needs is empty or not valid. */
export type Fault = 'invalid' | 'missing' | 'duplicate' | 'suppressed';

/** What fills one message. */
export interface MessageRules {
  parameters: readonly TemplateParameter[];
  /** phone_number, country_code or a parameter key → what fills it. */
  mapping: Readonly<Record<string, NamedSource>>;
}

export interface AudienceRules extends MessageRules {
  /** Of a test the messages after the first: a row is sent only if it is right for every message. */
  others?: readonly MessageRules[];
  /** ISO 3166 alpha-2, for numbers without a country. */
  defaultCountry: string | null;
}

/**
 * total = willSend + the four faults; a row counts once: as invalid, else missing, else suppressed (each row of
 * such a number, as the import has it), else duplicate.
 */
export interface AudienceCounts {
  total: number;
  willSend: number;
  invalid: number;
  missing: number;
  duplicate: number;
  suppressed: number;
}

export interface CountryCount {
  /** ISO 3166 alpha-2; null where the number belongs to no one country. */
  country: string | null;
  count: number;
}

export interface AudienceCheck {
  counts: AudienceCounts;
  /** Of those that will be sent, most first. */
  countries: CountryCount[];
}

export interface CheckedRow {
  /** Line of the record, the header being 1: as rejected.csv counts. */
  row: number;
  cells: string[];
  /** E.164; null while the number is not valid. */
  to: string | null;
  params: Record<string, string>;
  /** The same for the messages after the first; a test alone has them. */
  otherParams: Record<string, string>[];
  fault: Fault | null;
  problems: RowProblem[];
}

/** Where a fault is, and what to do. */
export interface RowProblem {
  /** phone_number, country_code, a parameter key, or '' for the whole row. */
  key: string;
  message: string;
  /** Which message cannot be sent, counted from 0: the first, as long as that one is wrong. */
  variant: number;
}

/** One cell changed by hand: line of the record, index of the column. */
export interface CellEdit {
  row: number;
  column: number;
  value: string;
}

export interface AudienceFailure {
  title: string;
  /** What to do about it. */
  message: string;
}

/** A list of recipients in the browser: read, checked and mended in a worker of its own. */
export interface Audience {
  state: 'empty' | 'reading' | 'ready' | 'failed';
  /** 0–1 while reading. */
  progress: number;
  file: AudienceFile | null;
  failure: AudienceFailure | null;
  edits: readonly CellEdit[];
  /** Reads a file or pasted text; `edits` are those made earlier, as a draft kept them. */
  read: (
    source: File | { name: string; text: string },
    options?: { encoding?: Encoding; delimiter?: Delimiter; edits?: readonly CellEdit[] },
  ) => void;
  /** Stops reading, or forgets the file. */
  clear: () => void;
  /** Checks every row; resolves once the do-not-contact list was asked too. A later call overtakes an earlier one. */
  check: (rules: AudienceRules) => Promise<AudienceCheck>;
  /** Rows of the last check; before any, just the cells. `fault`: only those; 'sendable': those that will be sent; undefined: all. */
  rows: (query: {
    fault?: Fault | 'faulty' | 'sendable';
    from: number;
    limit: number;
  }) => Promise<{ rows: CheckedRow[]; count: number }>;
  /** Changes one cell; call `check` again to see what it did. */
  edit: (edit: CellEdit) => void;
  /** Everything as one UTF-8 CSV with commas, edits in it: what is uploaded. */
  toCsv: () => Promise<File>;
  /** The rows that will not be sent, with `row`, `error_code`, `error` and `fix` after their own columns. */
  rejectsToCsv: () => Promise<File>;
}
