import { askOptOuts } from './ask-opt-outs';
import type { Audience, AudienceCheck, AudienceRules, CellEdit } from './types';
import type { Refusal } from './protocol';
import { AudienceRefusal, NO_LIST, WorkerLink } from './worker-link';

export type AudienceSnapshot = Pick<Audience, 'state' | 'progress' | 'file' | 'failure' | 'edits'>;

const EMPTY: AudienceSnapshot = { state: 'empty', progress: 0, file: null, failure: null, edits: [] };

/** The page's side of a list: what is known of it now, and the worker that has its rows. */
export class AudienceClient {
  #snapshot = EMPTY;
  #link: WorkerLink | undefined;
  #listeners = new Set<() => void>();
  #check: Promise<AudienceCheck> | undefined;
  #asking: Promise<void> = Promise.resolve();
  #generation = 0;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): AudienceSnapshot => this.#snapshot;

  readonly read: Audience['read'] = (source, options = {}) => {
    this.#link?.close();
    const link = new WorkerLink((progress) => {
      if (this.#link === link && this.#snapshot.state === 'reading') this.#show({ progress });
    });
    this.#link = link;
    this.#asking = Promise.resolve();
    const edits = options.edits ?? [];
    this.#show({ ...EMPTY, state: 'reading', edits });
    link.call('read', { source, options }).then(
      (file) => {
        if (this.#link === link) this.#show({ state: 'ready', progress: 1, file });
      },
      (error: unknown) => {
        if (this.#link === link) this.#fail(error);
      },
    );
  };

  readonly clear = (): void => {
    this.#link?.close();
    this.#link = undefined;
    this.#show(EMPTY);
  };

  /** React in development leaves every page once and comes back at once: the list must outlive that. */
  leave(): void {
    this.#leaving = setTimeout(() => this.clear());
  }

  keep(): void {
    clearTimeout(this.#leaving);
  }

  readonly check: Audience['check'] = (rules) => {
    const generation = ++this.#generation;
    const isOvertaken = () => generation !== this.#generation;
    const run = this.#runCheck(rules, isOvertaken);
    // Whoever waits for an overtaken check gets what overtook it.
    const latest: Promise<AudienceCheck> = run.catch((error: unknown) => {
      if (isOvertaken() && this.#check) return this.#check;
      throw error;
    });
    this.#check = latest;
    return latest;
  };

  readonly rows: Audience['rows'] = async (query) => this.#ready().call('rows', query);

  readonly edit = (edit: CellEdit): void => {
    if (this.#snapshot.state !== 'ready') return;
    const others = this.#snapshot.edits.filter(
      ({ row, column }) => row !== edit.row || column !== edit.column,
    );
    this.#show({ edits: [...others, edit] });
    this.#ready().call('edit', edit).catch(this.#fail);
  };

  readonly toCsv: Audience['toCsv'] = async () => {
    return this.#toFile(await this.#ready().call('toCsv', null), '');
  };

  readonly rejectsToCsv: Audience['rejectsToCsv'] = async () => {
    return this.#toFile(await this.#ready().call('rejectsToCsv', null), '-rejected');
  };

  /** Throws once it sees that it is overtaken: the caller waits for the later one instead. */
  async #runCheck(rules: AudienceRules, isOvertaken: () => boolean): Promise<AudienceCheck> {
    const link = this.#ready();
    const isDone = await link.call('check', rules);
    // One after the other, so that no number is asked for twice.
    const asked = this.#asking.catch(() => undefined).then(() => askOptOuts(link, isOvertaken));
    this.#asking = asked;
    await asked;
    if (!isDone || isOvertaken()) throw new Error('A later check has overtaken this one.');
    return link.call('result', null);
  }

  #ready(): WorkerLink {
    if (!this.#link) throw new AudienceRefusal(NO_LIST);
    return this.#link;
  }

  readonly #fail = (error: unknown): void => {
    const { title, message, code } = refusalOf(error);
    if (code !== NO_LIST.code) this.#show({ ...EMPTY, state: 'failed', failure: { title, message } });
  };

  #toFile(blob: Blob, suffix: string): File {
    const name = (this.#snapshot.file?.name ?? 'recipients').replace(/\.[^.]*$/, '');
    return new File([blob], `${name}${suffix}.csv`, { type: 'text/csv' });
  }

  #show(change: Partial<AudienceSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof AudienceRefusal) return error.refusal;
  return { title: 'The list could not be read', message: String(error), code: 'audience_failed', issues: [] };
}
