import type { RowsQuery } from './audience-engine';
import type { ReadRequest } from './list-reader';
import type {
  AudienceCheck,
  AudienceFailure,
  AudienceFile,
  AudienceRules,
  CellEdit,
  CheckedRow,
} from './types';

/** What the page may ask of the worker: argument and answer of each call. */
export interface Calls {
  read: [ReadRequest, AudienceFile];
  /** False: a later check has overtaken this one. */
  check: [AudienceRules, boolean];
  /** At most so many numbers that the do-not-contact list was not asked about. */
  unasked: [number, string[]];
  suppress: [{ asked: readonly string[]; suppressed: readonly string[] }, void];
  result: [null, AudienceCheck];
  rows: [RowsQuery, { rows: CheckedRow[]; count: number }];
  edit: [CellEdit, void];
  toCsv: [null, Blob];
  rejectsToCsv: [null, Blob];
}

export type CallName = keyof Calls;

export interface Question<K extends CallName = CallName> {
  id: number;
  call: K;
  argument: Calls[K][0];
}

export interface Refusal extends AudienceFailure {
  code: string;
  issues: { path: string; message: string }[];
}

export type Reply =
  | { id: number; ok: true; answer: Calls[CallName][1] }
  | { id: number; ok: false; refusal: Refusal }
  /** While reading, 0–1. */
  | { progress: number };
