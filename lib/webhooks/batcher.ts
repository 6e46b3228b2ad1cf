/** Too much is waiting already: the caller is told 503, and Meta comes again. */
export class OverloadedError extends Error {
  constructor() {
    super('Too many webhooks are waiting to be written.');
    this.name = 'OverloadedError';
  }
}

export interface BatcherOptions<Row> {
  /** Writes and commits the rows; a rejection fails everybody whose rows were in the batch. */
  write: (rows: Row[]) => Promise<void>;
  /** A batch is written when it has waited so long, or holds so many rows. */
  waitMs: number;
  maxRows: number;
  /** Batches written at once. */
  concurrency: number;
  /** More rows than this are refused. */
  maxWaitingRows: number;
}

interface Entry<Row> {
  rows: readonly Row[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Gathers the rows of concurrent callers; each call resolves when its rows are committed. */
export function createBatcher<Row>(options: BatcherOptions<Row>): (rows: readonly Row[]) => Promise<void> {
  const { write, waitMs, maxRows, concurrency, maxWaitingRows } = options;
  const waiting: Entry<Row>[] = [];
  let waitingRows = 0;
  let running = 0;
  let timer: NodeJS.Timeout | undefined;

  return (rows) =>
    new Promise<void>((resolve, reject) => {
      if (rows.length === 0) return resolve();
      if (waitingRows > 0 && waitingRows + rows.length > maxWaitingRows) return reject(new OverloadedError());
      waiting.push({ rows, resolve, reject });
      waitingRows += rows.length;
      if (waitingRows >= maxRows) flush();
      else timer ??= setTimeout(flush, waitMs);
    });

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    while (running < concurrency && waiting.length > 0) void run(take());
  }

  /** A caller's rows stay together; one with more than `maxRows` is a batch of its own. */
  function take(): Entry<Row>[] {
    let rows = 0;
    let count = 0;
    for (const entry of waiting) {
      if (count > 0 && rows + entry.rows.length > maxRows) break;
      rows += entry.rows.length;
      count += 1;
    }
    waitingRows -= rows;
    return waiting.splice(0, count);
  }

  async function run(batch: Entry<Row>[]): Promise<void> {
    running += 1;
    try {
      await write(batch.flatMap(({ rows }) => rows));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      running -= 1;
      // What came meanwhile has waited for the slot already.
      if (timer === undefined) flush();
    }
  }
}
