import type postgres from 'postgres';

type Work = (tx: postgres.TransactionSql) => unknown;
type Begin = (...options: [...string[], Work]) => Promise<unknown>;
type Savepoint = (...name: [...string[], Work]) => Promise<unknown>;

/** From postgres.js and from the socket under it: nobody is at the other end any more. */
const LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** One transaction. It is over with its `begin`, and at once when its connection is lost. */
class Course {
  isOver = false;
  private fail: (error: unknown) => void = () => undefined;
  private readonly lost = new Promise<never>((_, reject) => (this.fail = reject));

  constructor() {
    this.lost.catch(() => undefined);
  }

  end(error: unknown): void {
    this.isOver = true;
    this.fail(error);
  }

  /** Ends with the transaction at the latest. */
  async within<T>(step: Promise<T>): Promise<T> {
    return Promise.race([step, this.lost]);
  }

  /** Runs work; what comes of it after the end is for nobody: postgres.js would send its COMMIT or ROLLBACK. */
  async run(work: Work, tx: postgres.TransactionSql): Promise<unknown> {
    return new Promise((resolve, reject) => {
      void Promise.resolve(work(this.guard(tx)))
        .then((result) => (Array.isArray(result) ? Promise.all(result) : result))
        .then(
          (result) => void (this.isOver || resolve(result)),
          (error: unknown) => void (this.isOver || reject(error as Error)),
        );
    });
  }

  /** The transaction's client, which refuses every statement once it is over. */
  private guard(tx: postgres.TransactionSql): postgres.TransactionSql {
    return new Proxy(tx, {
      apply: (target, self, args: unknown[]) =>
        this.watch(() => Reflect.apply(target, self, args) as unknown),
      get: (target, key) => {
        if (key === 'savepoint') return this.savepoint(tx.savepoint.bind(tx) as Savepoint);
        const value: unknown = Reflect.get(target, key);
        if (key !== 'unsafe' && key !== 'file') return value;
        return (...args: unknown[]) =>
          this.watch(() => Reflect.apply(value as () => unknown, target, args) as unknown);
      },
    });
  }

  private savepoint(savepoint: Savepoint): Savepoint {
    return (...args) => {
      const name = args.slice(0, -1) as string[];
      const work = args.at(-1) as Work;
      return this.within(savepoint(...name, (inner) => this.run(work, inner)));
    };
  }

  private watch(start: () => unknown): unknown {
    if (this.isOver) throw new Error('The transaction is over: its connection was lost.');
    const query = start();
    // The plain then(): a query's own would send it, and this may be a fragment of another.
    if (query instanceof Promise) {
      void Promise.prototype.then.call(query, undefined, (error: unknown) => {
        if (isLoss(error)) this.end(error);
      });
    }
    return query;
  }
}

function isLoss(error: unknown): boolean {
  const { code, severity } = (error ?? {}) as { code?: string; severity?: string };
  return severity === 'FATAL' || (code !== undefined && LOST.has(code));
}

/**
 * Makes a transaction whose connection is lost end there. postgres.js rejects it, but lets its work go on: the
 * statements that follow run outside any transaction on whatever took the connection's place, as does a last
 * COMMIT or ROLLBACK, perhaps in the middle of somebody else's transaction; or they end the process.
 */
export function guardTransactions(sql: postgres.Sql): void {
  const begin = sql.begin.bind(sql) as unknown as Begin;
  const guarded: Begin = async (...args) => {
    const options = args.slice(0, -1) as string[];
    const work = args.at(-1) as Work;
    const course = new Course();
    try {
      return await course.within(begin(...options, (tx) => course.run(work, tx)));
    } finally {
      course.end(new Error('The transaction is over.'));
    }
  };
  Object.assign(sql, { begin: guarded });
}
