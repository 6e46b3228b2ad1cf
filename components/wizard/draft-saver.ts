import { ApiError, isWorthRetrying, messageOf } from '@/components/api/request';
import type { Draft, DraftChanges } from '@/lib/drafts/schema';

export type SaveState =
  | { kind: 'saved'; at: number }
  | { kind: 'saving' }
  /** Kept here, and tried again by itself while that may help. */
  | { kind: 'failed'; message: string }
  /** Saved in another window meanwhile: nothing of here is written over it. */
  | { kind: 'changed' };

export type Changes = Omit<DraftChanges, 'revision'>;

interface SaverOptions {
  revision: number;
  save: (changes: DraftChanges) => Promise<Draft>;
  onState: (state: SaveState) => void;
  /** Between the last keystroke and the save, ms. */
  waitMs?: number;
  retryMs?: number;
}

/** Saves a draft a while after each change, one save at a time, each from the revision the last one made. */
export class DraftSaver {
  #revision: number;
  #pending: Changes | null = null;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = false;

  constructor(private readonly options: SaverOptions) {
    this.#revision = options.revision;
  }

  /** Whether something is not on the server yet. */
  get isDirty(): boolean {
    return this.#pending !== null || this.#running !== null;
  }

  change(changes: Changes): void {
    this.#pending = { ...this.#pending, ...changes };
    if (this.#isStale) return;
    this.options.onState({ kind: 'saving' });
    this.#saveIn(this.options.waitMs ?? 800);
  }

  /** Saves now what is not saved yet. Throws ApiError. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (!this.#pending) return;
    this.#running = this.#save(this.#pending).finally(() => (this.#running = null));
    await this.#running;
    await this.flush();
  }

  /** Saves what is left; how it went is told by the state. */
  leave(): void {
    this.flush().catch(() => undefined);
  }

  async #save(changes: Changes): Promise<void> {
    this.#pending = null;
    this.options.onState({ kind: 'saving' });
    try {
      const saved = await this.options.save({ ...changes, revision: this.#revision });
      this.#revision = saved.revision;
      if (!this.#pending) this.options.onState({ kind: 'saved', at: Date.parse(saved.updated_at) });
    } catch (error) {
      this.#pending = { ...changes, ...(this.#pending as Changes | null) };
      this.#isStale = error instanceof ApiError && error.code === 'draft_changed';
      this.options.onState(
        this.#isStale ? { kind: 'changed' } : { kind: 'failed', message: messageOf(error) },
      );
      if (isWorthRetrying(error)) this.#saveIn(this.options.retryMs ?? 5_000);
      throw error;
    }
  }

  #saveIn(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.leave(), waitMs);
  }
}
