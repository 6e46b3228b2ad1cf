import { ApiError } from '@/components/api/request';
import type { CallName, Calls, Refusal, Reply } from './protocol';

/** The call's own words, as every other refusal is worded. */
export class AudienceRefusal extends ApiError {
  constructor(readonly refusal: Refusal) {
    super(422, refusal.code, refusal.message, null, refusal.issues);
    this.name = 'AudienceRefusal';
  }
}

const DIED: Refusal = {
  title: 'The list could not be read',
  message:
    'The browser stopped reading it; its memory may be full. Reload the page and choose the list again.',
  code: 'audience_worker_died',
  issues: [],
};

/** Also what becomes of the calls under way when a list is removed. */
export const NO_LIST: Refusal = {
  title: 'There is no list',
  message: 'Choose a list of recipients first.',
  code: 'audience_closed',
  issues: [],
};

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: AudienceRefusal) => void;
}

/** The page's end of the line to one worker, which lives from here until `close`. */
export class WorkerLink {
  readonly #worker = new Worker(new URL('./audience-worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Refusal | undefined;

  constructor(onProgress: (done: number) => void) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      if ('progress' in data) onProgress(data.progress);
      else this.#settle(data);
    });
    const die = () => this.#stop(DIED);
    this.#worker.addEventListener('error', die);
    this.#worker.addEventListener('messageerror', die);
  }

  /** Rejects with AudienceRefusal. */
  call<K extends CallName>(call: K, argument: Calls[K][0]): Promise<Calls[K][1]> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(new AudienceRefusal(this.#end));
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument });
    });
  }

  close(): void {
    this.#stop(NO_LIST);
  }

  #settle(reply: Exclude<Reply, { progress: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.answer as never);
    else waiting?.reject(new AudienceRefusal(reply.refusal));
  }

  #stop(end: Refusal): void {
    if (this.#end) return;
    this.#end = end;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new AudienceRefusal(end));
    this.#waiting.clear();
  }
}
