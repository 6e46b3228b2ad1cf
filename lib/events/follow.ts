/**
 * A value now, then its newest state whenever it changed, and again after `maxSilenceMs` without a change.
 * A consumer that is slow skips what was overtaken. Ends when the value is gone (null) or `signal` aborts.
 */
export async function* followLatest<V>(
  seen: V,
  subscribe: (tell: (value: V | null) => void) => () => void,
  { signal, maxSilenceMs }: { signal: AbortSignal; maxSilenceMs: number },
): AsyncGenerator<V, void, undefined> {
  let latest: V | null = seen;
  let isNews = true;
  let wake = () => {};
  const end = subscribe((value) => {
    latest = value;
    isNews = true;
    wake();
  });
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted && latest !== null) {
      isNews = false;
      yield latest;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, maxSilenceMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isNews || signal.aborted) wake();
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    end();
  }
}
