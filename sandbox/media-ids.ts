const KEPT_MS = 30 * 24 * 3_600_000;

/** Uploaded files as Meta keeps them: an id of one number, for 30 days. */
export class MediaIds {
  readonly #known = new Map<string, { numberId: string; type: string; until: number }>();
  #uploads = 0;

  /** How many files ever came, whatever became of them. */
  get uploads(): number {
    return this.#uploads;
  }

  add({ id, numberId, type }: { id: string; numberId: string; type: string }): void {
    this.#uploads += 1;
    this.#known.set(id, { numberId, type, until: Date.now() + KEPT_MS });
  }

  /** Whether a message of this number may name it as such a file. */
  knows(id: string, { numberId, type }: { numberId: string; type: string }): boolean {
    const found = this.#known.get(id);
    return found?.numberId === numberId && found.type === type && found.until > Date.now();
  }

  /** As if their 30 days were over. Answers how many there were. */
  expire(): number {
    const { size } = this.#known;
    this.#known.clear();
    return size;
  }
}
