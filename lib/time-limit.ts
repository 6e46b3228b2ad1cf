/**
 * Gives up waiting after `limitMs`; what was being waited for goes on, and its late result is dropped. A frozen
 * database backend answers a query never, and no setting of the server's ends that.
 */
export function withinMs<T>(limitMs: number, work: Promise<T>, whenLate: () => Error): Promise<T> {
  // By hand: a race costs four promises more, and this stands around every webhook.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(whenLate()), limitMs);
    const isOver = () => clearTimeout(timer);
    work.then(isOver, isOver);
    work.then(resolve, reject);
  });
}
