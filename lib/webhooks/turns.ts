/** Turns of the event loop, given out a few at a time, in the order they were asked for. */
export interface Turns {
  /** Resolves when it is this caller's turn, at the earliest in the loop's next round. */
  next(): Promise<void>;
}

/**
 * Work that comes in by the thousand would otherwise fill whole rounds of the event loop: whatever else the process
 * has to answer takes several rounds, and would wait through as many of them. At most `perRound` callers go on in one.
 */
export function createTurns(perRound: number): Turns {
  let waiting: (() => void)[] = [];
  let scheduled = false;

  function giveOut(): void {
    const now = waiting.slice(0, perRound);
    waiting = waiting.slice(perRound);
    scheduled = waiting.length > 0;
    // From within an immediate this is the round after the next look at the sockets.
    if (scheduled) setImmediate(giveOut);
    for (const goOn of now) goOn();
  }

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (!scheduled) setImmediate(giveOut);
        scheduled = true;
      }),
  };
}
