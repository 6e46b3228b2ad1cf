/**
 * Gives up waiting after `limitMs`; what was being waited for goes on, and its late result is dropped. A frozen
 * database backend answers a query never, and no setting of the server's ends that.
 */
export function withinMs<T>(limitMs: number, work: Promise<T>, whenLate: () => Error): Promise<T> {
  // By hand: a race costs four promises more, and this stands around every webhook.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(whenLate()), limitMs);
    const disarm = () => clearTimeout(timer);
    work.then(disarm, disarm);
    work.then(resolve, reject);
  });
}

/** The same for the work of the database. */
export function databaseWithinMs<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return withinMs(limitMs, work, () => new Error('The database did not answer in time.'));
}
