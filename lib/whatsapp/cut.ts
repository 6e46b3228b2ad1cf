/** What can be given up on. */
interface Pending {
  giveUp(): void;
}

/**
 * Gives up on all requests made with it, at once and for good. An AbortSignal would do the same, but searches all
 * its listeners for every request that begins and ends: a hundred under way made that dearer than building a message.
 */
export class Cut {
  private readonly underWay = new Set<Pending>();
  private made = false;

  get isMade(): boolean {
    return this.made;
  }

  make(): void {
    this.made = true;
    for (const pending of [...this.underWay]) pending.giveUp();
  }

  /** Until `leave`. */
  join(pending: Pending): void {
    this.underWay.add(pending);
  }

  leave(pending: Pending): void {
    this.underWay.delete(pending);
  }
}
