/**
 * Gives up waiting after `limitMs`; what was being waited for goes on, and its late result is dropped. A frozen
 * database backend answers a query never, and no setting of the server's ends that.
 */
export async function withinMs<T>(limitMs: number, work: Promise<T>, whenLate: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(whenLate()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
