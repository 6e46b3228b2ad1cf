/** A campaign's counts at one moment: what WhatsApp has answered, and how many of those show as failed. */
export interface Reading {
  answered: number;
  failed: number;
}

/**
 * How large a share of a campaign's last messages failed, from readings of its counts. Failures that WhatsApp reports
 * later count when they come, so that a list of dead numbers is seen although each message was taken at first.
 */
export class FailureShare {
  private readings: Reading[];

  /** `start`: the counts when the watch begins: what came before is not held against the campaign. */
  constructor(start: Reading) {
    this.readings = [start];
  }

  /**
   * Takes the counts of now. The failed among (at least) the last `window` answered messages, or null while fewer
   * than that have been answered since the watch began.
   */
  observe(now: Reading, window: number): Reading | null {
    const last = this.readings.at(-1);
    // A retry takes the failed back into the queue: the counts begin anew.
    if (last && now.answered < last.answered) this.readings = [];
    this.readings.push(now);
    while ((this.readings[1]?.answered ?? Infinity) <= now.answered - window) this.readings.shift();
    const [from] = this.readings;
    if (!from || now.answered - from.answered < window) return null;
    return { answered: now.answered - from.answered, failed: Math.max(now.failed - from.failed, 0) };
  }
}
