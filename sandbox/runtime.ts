import type { Dispatcher } from 'undici';
import { FaultRules } from './faults';
import { Ledger } from './ledger';
import { DailyPeople, PairLimits, TokenBucket } from './limits';
import { MediaIds } from './media-ids';
import type { NumberRuntime } from './number-runtime';
import { Outbox } from './outbox';
import type { Random } from './random';
import type { SettingsStore } from './settings';
import type { SandboxNumber, SandboxState } from './state';
import { StatusReporter } from './status-reporter';

/** Everything the parts of the sandbox share. */
export class Sandbox {
  readonly ledger = new Ledger();
  readonly faults: FaultRules;
  readonly reporter: StatusReporter;
  readonly media = new MediaIds();
  /** Management calls of each account in the hour that runs: `[hour, calls]`. */
  readonly managementCalls = new Map<string, [number, number]>();
  /** Of the last message taken; never falls, for wamids are made of it. */
  sequence = 0;
  maxInFlight = 0;
  inFlight = 0;
  stopped = false;
  /** Of idle connections to the sandbox; the server puts itself here. */
  setKeepAlive: (ms: number) => void = () => undefined;
  private readonly people = new Map<string, DailyPeople>();
  private readonly runtimes = new Map<string, NumberRuntime>();

  constructor(
    readonly state: SandboxState,
    readonly settings: SettingsStore,
    readonly random: Random,
    readonly dispatcher: Dispatcher,
  ) {
    this.faults = new FaultRules(random);
    this.reporter = new StatusReporter(settings, dispatcher);
  }

  runtimeOf(number: SandboxNumber): NumberRuntime {
    const known = this.runtimes.get(number.id);
    if (known) return known;
    const made: NumberRuntime = {
      number,
      throughput: new TokenBucket(number.messages_per_second),
      pairs: new PairLimits(),
      outbox: new Outbox({
        number,
        settings: () => this.settings.of(number.id),
        random: this.random,
        dispatcher: this.dispatcher,
      }),
      inFlight: 0,
      maxInFlight: 0,
      refusals: new Map(),
      statuses: { planned: 0, answered: 0, givenUp: 0 },
      handshake: null,
    };
    this.runtimes.set(number.id, made);
    return made;
  }

  /** Whom all numbers of all accounts of a portfolio have written to. */
  peopleOf(portfolioId: string): DailyPeople {
    const known = this.people.get(portfolioId) ?? new DailyPeople();
    this.people.set(portfolioId, known);
    return known;
  }

  /** An account goes over to another portfolio: whom it may have written to counts there too. */
  movePeople(from: string, to: string): void {
    this.peopleOf(to).join(this.peopleOf(from));
  }

  sweep(): void {
    const now = performance.now();
    for (const runtime of this.runtimes.values()) runtime.pairs.sweep(now);
  }

  /** Forgets what was sent (of one number, or all), and what is still to be reported about it. */
  clear(numberId?: string): void {
    this.ledger.clear(numberId);
    this.reporter.forget(numberId);
    if (numberId === undefined) this.maxInFlight = this.inFlight;
    for (const runtime of this.runtimes.values()) {
      if (numberId !== undefined && runtime.number.id !== numberId) continue;
      runtime.maxInFlight = runtime.inFlight;
      runtime.refusals.clear();
      this.people.delete(this.state.portfolioOf(runtime.number.waba_id));
      runtime.pairs = new PairLimits();
      runtime.statuses = { planned: 0, answered: 0, givenUp: 0 };
    }
  }

  stop(): void {
    this.stopped = true;
    this.reporter.stop();
    for (const runtime of this.runtimes.values()) runtime.outbox.stop();
  }
}
