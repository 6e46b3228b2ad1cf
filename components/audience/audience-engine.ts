import { CountryFinder } from '@/lib/recipients/phone-country';
import { Checker, type Verdict } from './checker';
import { readList, type ReadList, type ReadRequest } from './list-reader';
import type { AudienceCheck, AudienceFile, AudienceRules, CellEdit, CheckedRow, Fault } from './types';
import { writeRejects, writeRows } from './write-csv';

/** Work between two looks at the messages that have come. */
const TURN_MS = 20;
const CLOCK_ROWS = 64;

export interface RowsQuery {
  fault?: Fault | 'faulty' | 'sendable';
  from: number;
  limit: number;
}

export interface Unasked {
  id: number;
  /** E.164. */
  phones: string[];
}

/** One list of recipients, with all its rows: what runs in the worker. */
export class AudienceEngine {
  #list: ReadList | undefined;
  #checker: Checker | undefined;
  /** What `#checker` has judged all rows by. */
  #checkedBy = '';
  #checking: Promise<boolean> = Promise.resolve(true);
  #generation = 0;
  readonly #asked = new Set<string>();
  /** Goes over the checker's numbers, batch after batch, also over those that edits bring. */
  #candidates: IterableIterator<string> | undefined;
  readonly #taken = new Map<number, readonly string[]>();
  #lastTaken = 0;
  readonly #suppressed = new Set<string>();
  readonly #finder = new CountryFinder();

  /** Throws ReadFailure or AppError. */
  async read(request: ReadRequest, progress: (done: number) => void): Promise<AudienceFile> {
    this.#list = await readList(request, progress);
    return this.#list.file;
  }

  /** Judges every row; false when a later call has overtaken this one. Throws AppError for a wrong mapping. */
  async check(rules: AudienceRules): Promise<boolean> {
    const key = JSON.stringify(rules);
    const { rows, file } = this.#read();
    if (this.#checker && this.#checkedBy === key) return true;
    // Before all else: a check that cannot be made overtakes none.
    const checker = new Checker(rows, file.columns, rules, this.#suppressed, this.#finder);
    const generation = ++this.#generation;
    this.#checker = checker;
    this.#candidates = undefined;
    this.#checkedBy = '';
    this.#checking = this.#judgeAll(checker, rows.count, generation);
    const isDone = await this.#checking;
    if (isDone) this.#checkedBy = key;
    return isDone;
  }

  /** Numbers to ask the do-not-contact list about; each is given out once. */
  takeUnasked(limit: number): Unasked {
    const phones: string[] = [];
    this.#candidates ??= this.#checked().phones();
    while (phones.length < limit) {
      const next = this.#candidates.next();
      if (next.done) {
        this.#candidates = undefined;
        break;
      }
      if (!this.#asked.has(next.value)) phones.push(next.value);
    }
    for (const phone of phones) this.#asked.add(phone);
    const id = ++this.#lastTaken;
    this.#taken.set(id, phones);
    return { id, phones };
  }

  /** What the list said of those; null when it did not answer, so that they are asked about again. */
  answerUnasked({ id, suppressed }: { id: number; suppressed: readonly string[] | null }): void {
    if (suppressed === null) {
      for (const phone of this.#taken.get(id) ?? []) this.#asked.delete(phone);
      this.#candidates = undefined;
    }
    this.#taken.delete(id);
    for (const phone of suppressed ?? []) this.#suppressed.add(phone);
    this.#checker?.suppress(suppressed ?? []);
  }

  result(): AudienceCheck {
    return this.#checked().result();
  }

  /** Before any check: all rows, with nothing said of them. */
  async rows({ fault, from, limit }: RowsQuery): Promise<{ rows: CheckedRow[]; count: number }> {
    await this.#settled();
    const checker = this.#checker;
    const { rows } = this.#read();
    if (!checker) return this.#uncheckedRows({ fault, from, limit });
    const found: number[] = [];
    let count = 0;
    for (let index = 0; index < rows.count; index += 1) {
      if (!isWanted(checker.verdict(index), fault)) continue;
      if (count >= from && found.length < limit) found.push(index);
      count += 1;
    }
    return { rows: found.map((index) => checker.describe(index)), count };
  }

  edit(edit: CellEdit): void {
    const index = this.#read().rows.edit(edit);
    // A row that the check under way has not come to yet is judged when it does.
    if (index !== undefined && this.#checker && this.#checker.verdict(index) !== 'unchecked') {
      this.#checker.judge(index);
    }
  }

  toCsv(): Blob {
    const { file, rows } = this.#read();
    return toBlob(writeRows(file.columns, rows));
  }

  async rejectsToCsv(): Promise<Blob> {
    await this.#settled();
    const checker = this.#checked();
    const { rows } = this.#read();
    let width = 0;
    for (const index of faultyIndexes(checker, rows.count)) width = Math.max(width, rows.cells(index).length);
    return toBlob(writeRejects(checker.rules, describeFaulty(checker, rows.count), width));
  }

  async #judgeAll(checker: Checker, count: number, generation: number): Promise<boolean> {
    let turnEnd = performance.now() + TURN_MS;
    for (let index = 0; index < count; index += 1) {
      checker.judge(index);
      if (index % CLOCK_ROWS !== 0 || performance.now() < turnEnd) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (generation !== this.#generation) return false;
      turnEnd = performance.now() + TURN_MS;
    }
    return true;
  }

  /** No check is under way, nor one that has overtaken it. */
  async #settled(): Promise<void> {
    for (let seen: unknown; seen !== this.#checking;) {
      seen = this.#checking;
      await this.#checking;
    }
  }

  #uncheckedRows({ fault, from, limit }: RowsQuery): { rows: CheckedRow[]; count: number } {
    const { rows } = this.#read();
    if (fault !== undefined) return { rows: [], count: 0 };
    const shown = Math.max(0, Math.min(limit, rows.count - from));
    return {
      count: rows.count,
      rows: Array.from({ length: shown }, (_, i) => ({
        row: rows.line(from + i),
        cells: rows.cells(from + i),
        to: null,
        params: {},
        otherParams: [],
        fault: null,
        problems: [],
      })),
    };
  }

  #read(): ReadList {
    if (!this.#list) throw new Error('No list has been read.');
    return this.#list;
  }

  #checked(): Checker {
    if (!this.#checker) throw new Error('The list has not been checked.');
    return this.#checker;
  }
}

function isWanted(verdict: Verdict, fault: RowsQuery['fault']): boolean {
  if (fault === undefined) return true;
  if (fault === 'faulty') return verdict !== 'sendable' && verdict !== 'unchecked';
  return verdict === fault;
}

function* faultyIndexes(checker: Checker, count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) {
    if (isWanted(checker.verdict(index), 'faulty')) yield index;
  }
}

function* describeFaulty(checker: Checker, count: number): Generator<CheckedRow> {
  for (const index of faultyIndexes(checker, count)) yield checker.describe(index);
}

function toBlob(pieces: Generator<string>): Blob {
  return new Blob([...pieces], { type: 'text/csv;charset=utf-8' });
}
