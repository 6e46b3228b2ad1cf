import type { CsvRecord } from '@/lib/recipients/csv';
import { cellsOf, fitCells } from '@/lib/recipients/record';
import { ReadFailure } from './failure';
import type { CellEdit } from './types';

/** As many as a spreadsheet has lines; more than that the browser need not hold. */
export const MAX_ROWS = 1_048_576;

/** No cell has it: text with NUL bytes is refused. */
const SEPARATOR = '\0';

/** The rows of a list, each packed into one string: a million small arrays would cost five times the memory. */
export class RowStore {
  readonly #packed: string[] = [];
  /** Line of each, the header being 1; ascending. */
  readonly #lines: number[] = [];
  readonly #malformed = new Set<number>();

  constructor(readonly width: number) {}

  get count(): number {
    return this.#packed.length;
  }

  /** Throws ReadFailure beyond a million rows. */
  add({ row, cells, malformed }: CsvRecord): void {
    if (this.count >= MAX_ROWS) {
      throw new ReadFailure(
        'There are too many rows',
        `A list may have at most ${MAX_ROWS.toLocaleString('en')}: divide it into several, one campaign each.`,
      );
    }
    if (malformed) this.#malformed.add(this.count);
    this.#packed.push(cellsOf(cells, this.width).join(SEPARATOR));
    this.#lines.push(row);
  }

  cells(index: number): string[] {
    return (this.#packed[index] ?? '').split(SEPARATOR);
  }

  line(index: number): number {
    return this.#lines[index] ?? 0;
  }

  isMalformed(index: number): boolean {
    return this.#malformed.has(index);
  }

  /** The row's index; undefined when there is no such cell. Who edits a row has seen how its quotes were read. */
  edit({ row, column, value }: CellEdit): number | undefined {
    const index = this.#indexOf(row);
    if (index === undefined) return undefined;
    const cells = this.cells(index);
    if (column < 0 || column >= cells.length) return undefined;
    cells[column] = value.replaceAll(SEPARATOR, '');
    this.#packed[index] = fitCells(cells, this.width).join(SEPARATOR);
    this.#malformed.delete(index);
    return index;
  }

  #indexOf(line: number): number | undefined {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.line(middle);
      if (found === line) return middle;
      if (found < line) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
