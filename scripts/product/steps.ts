/** Something that keeps the product from running, said in one sentence that a person can act on. */
export class StartError extends Error {
  override name = 'StartError';
}

/** Prints what is being done, and then how long it took. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  process.stdout.write(`${label} … `);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write(error instanceof Error && error.name === 'AbortError' ? 'stopped\n' : 'failed\n');
    throw error;
  }
}

/** Asks until the answer is not undefined; undefined when the time is up. */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { everyMs, forMs }: { everyMs: number; forMs: number },
): Promise<T | undefined> {
  const deadline = performance.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
