import { wamidOf } from './identifiers';

/** What was answered, or why nothing was. */
export const ANSWERS = [
  'answered',
  'destroy',
  'reset',
  'plain_500',
  'html_502',
  'truncate',
  'stall',
  'after_webhook',
  'aborted',
] as const;
export type LedgerAnswer = (typeof ANSWERS)[number];

export interface LedgerEntry {
  /** Start of the request, in milliseconds since 1970 with a fraction of microseconds. */
  at: number;
  phone_number_id: string;
  /** The digits WhatsApp knows the recipient by; as written where they could not be read. */
  to: string;
  biz_opaque_callback_data: string | null;
  /** `refused` with a Graph error; `dropped`: not taken, and not told so in Graph's words. */
  decision: 'accepted' | 'refused' | 'dropped';
  taken: boolean;
  /** Graph's error code; 0 when taken or when nothing was said. */
  code: number;
  answer: LedgerAnswer;
  wamid: string | null;
}

export interface LedgerInput {
  atMs: number;
  numberId: string;
  to: string;
  callbackData: string | null;
  code: number;
  answer: LedgerAnswer;
  /** Of the accepted message; 0 when it was not taken. */
  sequence: number;
}

const CHUNK_ROWS = 65_536;
const ARENA_BYTES = 1 << 20;
export const LEDGER_LIMIT = 2_000_000;
const MOST_NUMBERS = 60_000;
const DIGITS = /^[1-9]\d{0,14}$/;

interface Chunk {
  at: Float64Array;
  to: Float64Array;
  sequence: Float64Array;
  number: Uint16Array;
  code: Int32Array;
  answer: Uint8Array;
  dataStart: Float64Array;
  dataLength: Uint16Array;
}

const makeChunk = (): Chunk => ({
  at: new Float64Array(CHUNK_ROWS),
  to: new Float64Array(CHUNK_ROWS),
  sequence: new Float64Array(CHUNK_ROWS),
  number: new Uint16Array(CHUNK_ROWS),
  code: new Int32Array(CHUNK_ROWS),
  answer: new Uint8Array(CHUNK_ROWS),
  dataStart: new Float64Array(CHUNK_ROWS),
  dataLength: new Uint16Array(CHUNK_ROWS),
});

/** A row as it lies, without making strings of it. */
export interface LedgerRow {
  at: number;
  to: number;
  sequence: number;
}

/**
 * The truth: every POST that arrived, in columns of typed arrays (about 100 bytes a row), up to two million.
 * Later ones are only counted.
 */
export class Ledger {
  private chunks: Chunk[] = [];
  private arenas: Buffer[] = [];
  private arenaUsed = ARENA_BYTES;
  private readonly oddRecipients = new Map<number, string>();
  private readonly numbers: string[] = [];
  private readonly numberIndexes = new Map<string, number>();
  private readonly hiddenBefore = new Map<string, number>();
  private rows = 0;
  private lost = 0;

  get size(): number {
    return this.rows;
  }

  /** POSTs that came after the ledger was full. */
  get overflow(): number {
    return this.lost;
  }

  record(input: LedgerInput): void {
    if (this.rows >= LEDGER_LIMIT) {
      this.lost += 1;
      return;
    }
    const row = this.rows++;
    const slot = row % CHUNK_ROWS;
    if (slot === 0) this.chunks.push(makeChunk());
    const chunk = this.chunkOf(row);
    const readable = DIGITS.test(input.to);
    if (!readable) this.oddRecipients.set(row, input.to.slice(0, 64));
    chunk.at[slot] = input.atMs;
    chunk.to[slot] = readable ? Number(input.to) : 0;
    chunk.sequence[slot] = input.sequence;
    chunk.number[slot] = this.numberIndex(input.numberId);
    chunk.code[slot] = input.code;
    chunk.answer[slot] = ANSWERS.indexOf(input.answer);
    this.keepData(chunk, slot, input.callbackData);
  }

  /** Forgets everything; or hides what one number had so far (the rows stay until all is cleared). */
  clear(numberId?: string): void {
    if (numberId !== undefined) {
      this.hiddenBefore.set(numberId, this.rows);
      return;
    }
    this.hiddenBefore.clear();
    this.chunks = [];
    this.arenas = [];
    this.arenaUsed = ARENA_BYTES;
    this.oddRecipients.clear();
    this.rows = 0;
    this.lost = 0;
  }

  /** Calls back for every row of one number (or of all), oldest first. */
  scan(numberId: string | undefined, visit: (row: number, chunk: LedgerRow) => void): void {
    const wanted = numberId === undefined ? -1 : (this.numberIndexes.get(numberId) ?? -1);
    if (numberId !== undefined && wanted < 0) return;
    const first = this.hiddenBefore.get(numberId ?? '') ?? 0;
    for (let row = first; row < this.rows; row++) {
      const chunk = this.chunkOf(row);
      const slot = row % CHUNK_ROWS;
      if (wanted >= 0 && chunk.number[slot] !== wanted) continue;
      visit(row, { at: chunk.at[slot] ?? 0, to: chunk.to[slot] ?? 0, sequence: chunk.sequence[slot] ?? 0 });
    }
  }

  read(row: number): LedgerEntry {
    const chunk = this.chunkOf(row);
    const slot = row % CHUNK_ROWS;
    const to = this.oddRecipients.get(row) ?? String(chunk.to[slot] ?? 0);
    const sequence = chunk.sequence[slot] ?? 0;
    const code = chunk.code[slot] ?? 0;
    return {
      at: chunk.at[slot] ?? 0,
      phone_number_id: this.numbers[chunk.number[slot] ?? 0] ?? '',
      to,
      biz_opaque_callback_data: this.data(row),
      decision: sequence > 0 ? 'accepted' : code > 0 ? 'refused' : 'dropped',
      taken: sequence > 0,
      code,
      answer: ANSWERS[chunk.answer[slot] ?? 0] ?? 'answered',
      wamid: sequence > 0 ? wamidOf(sequence, to) : null,
    };
  }

  /** The callback data of a row; null when the message had none. */
  data(row: number): string | null {
    const chunk = this.chunkOf(row);
    const slot = row % CHUNK_ROWS;
    const length = chunk.dataLength[slot] ?? 0;
    if (length === 0) return null;
    const start = chunk.dataStart[slot] ?? 0;
    const offset = start % ARENA_BYTES;
    return this.arenas[Math.floor(start / ARENA_BYTES)]?.toString('utf8', offset, offset + length) ?? null;
  }

  private chunkOf(row: number): Chunk {
    const chunk = this.chunks[Math.floor(row / CHUNK_ROWS)];
    if (!chunk) throw new RangeError(`the ledger has no row ${row}`);
    return chunk;
  }

  private numberIndex(numberId: string): number {
    const known = this.numberIndexes.get(numberId);
    if (known !== undefined) return known;
    // Ids come from the address of the request: strangers share one slot instead of growing the table.
    if (this.numbers.length >= MOST_NUMBERS) return 0;
    const index = this.numbers.push(numberId) - 1;
    this.numberIndexes.set(numberId, index);
    return index;
  }

  private keepData(chunk: Chunk, slot: number, data: string | null): void {
    if (!data) return;
    const length = Buffer.byteLength(data);
    if (this.arenaUsed + length > ARENA_BYTES) {
      this.arenas.push(Buffer.allocUnsafe(ARENA_BYTES));
      this.arenaUsed = 0;
    }
    this.arenas.at(-1)?.write(data, this.arenaUsed, 'utf8');
    chunk.dataStart[slot] = (this.arenas.length - 1) * ARENA_BYTES + this.arenaUsed;
    chunk.dataLength[slot] = length;
    this.arenaUsed += length;
  }
}
