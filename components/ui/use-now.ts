import { useEffect, useState } from 'react';

/** This browser's clock, ms since 1970, kept true; null until the page is alive, as the server's clock is another. */
export function useNow(tickMs: number): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return now;
}
