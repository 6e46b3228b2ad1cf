import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { database } from '@/db/client';
import { setCampaignStatus, startCampaign } from '@/lib/campaigns/transitions';
import { retryRecipients } from '@/lib/engine/retry';
import { findFreePort } from '@/scripts/product/ports';
import { Herd, type RunningCampaign, type SpawnOptions } from '@/tests/support/herd';
import type { EmbeddedPostgres } from '@/scripts/product/postgres';
import type { Fault } from './fault';
import { startOwnPostgres } from './chaos-postgres';
import { type Chance, seededChance } from './random';
import { Sampler } from './sampler';
import { TcpProxy } from '@/tests/support/tcp-proxy';
import { Witness } from './witness';

const WORKERS = 2;
const CAMPAIGN = { count: 800, rateLimit: 60, workerCount: 20 };
/** Longer than every timeout of the engine's: request 30 s, lease 15 s, the longest wait before an attempt 150 s. */
const DRAIN_DEADLINE_MS = 240_000;

/** The engine as real processes, with everything around it that can be broken, and a campaign that is running. */
export class World {
  readonly chance: Chance;
  /** Exit codes and signals of the processes that ended without being told to. */
  readonly ended: string[] = [];
  /** Worth a line in the table. */
  readonly notes: string[] = [];
  /** Milliseconds that a check looks at. */
  readonly measured: number[] = [];
  readonly workers: ChildProcess[] = [];
  databaseWire: TcpProxy | undefined;
  whatsappWire: TcpProxy | undefined;
  /** How often a person sent whom again. */
  readonly asked = new Map<string, number>();
  sampler: Sampler | undefined;
  private receiver: ChildProcess | undefined;
  private stopping: Promise<void> | undefined;
  private running: RunningCampaign | undefined;
  private readonly expectedToEnd = new Set<ChildProcess>();

  private constructor(
    readonly fault: Fault,
    readonly seed: number,
    readonly postgres: EmbeddedPostgres & { directory: string },
    readonly herd: Herd,
    readonly witness: Witness,
    private readonly receiverPort: number,
    private readonly place: ReturnType<NonNullable<Fault['place']>> | undefined,
  ) {
    this.chance = seededChance(seed);
  }

  /** The database, WhatsApp's side and the witness between them; no process of Herald's yet. */
  static async create(fault: Fault, seed: number): Promise<World> {
    const place = fault.place?.();
    const server = await startOwnPostgres(fault.postgres ?? {}, place?.folder);
    try {
      const receiverPort = await findFreePort();
      const witness = new Witness(receiverPort);
      const herd = await Herd.start({
        receive: (req, res) => void witness.handle(req, res).catch(() => res.destroy()),
      });
      return new World(fault, seed, server, herd, witness, receiverPort, place);
    } catch (error) {
      await server.stop();
      place?.remove();
      throw error;
    }
  }

  /** Starts Herald's processes, then the campaign; returns with it under way: what breaks now breaks in its midst. */
  async begin(): Promise<void> {
    const { fault, herd, seed } = this;
    if (fault.proxied) {
      this.databaseWire = await TcpProxy.to(Number(new URL(process.env.DATABASE_URL ?? '').port));
      this.whatsappWire = await TcpProxy.to(Number(process.env.SANDBOX_PORT));
    }
    const receiving = this.startReceiver();
    const settings = { seed, digits: 'off', delay_scale: 0.5, latency_ms: [20, 60] };
    await herd.sandbox('POST', '/settings', settings);
    await fault.prepare?.(this);
    const workers = fault.workers ?? WORKERS;
    for (let i = 0; i < workers; i++) this.spawnWorker();
    await receiving;
    await this.until(async () => (await this.liveWorkers()) >= workers, 30_000);
    this.running = await herd.runCampaign({ ...CAMPAIGN, ...fault.campaign });
    const url = new URL(process.env.ADMIN_DATABASE_URL ?? '');
    url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
    this.sampler = new Sampler(url.href, this.running.id);
    await this.until(async () => (await herd.ledger(this.campaign)).posts > 20, 30_000);
  }

  get campaign(): RunningCampaign {
    if (!this.running) throw new Error('the campaign has not begun');
    return this.running;
  }

  spawnWorker(options: SpawnOptions = {}): ChildProcess {
    const worker = this.herd.spawnWorker({ ...options, env: { ...this.wires(), ...options.env } });
    this.workers.push(worker);
    this.watch(worker, 'a worker');
    return worker;
  }

  /** Ends it as the kernel does when memory is short. */
  async kill(process: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.expectedToEnd.add(process);
    const index = this.workers.indexOf(process);
    if (index >= 0) this.workers.splice(index, 1);
    if (process.exitCode !== null || process.signalCode !== null) return process.exitCode;
    const exited = once(process, 'exit');
    process.kill(signal);
    await exited;
    return process.exitCode;
  }

  /** It will end by itself, as the fault wants it. */
  expectEnd(process: ChildProcess): void {
    this.expectedToEnd.add(process);
    const index = this.workers.indexOf(process);
    if (index >= 0) this.workers.splice(index, 1);
  }

  async killReceiver(): Promise<void> {
    if (this.receiver) await this.kill(this.receiver);
  }

  async startReceiver(): Promise<void> {
    const env = { RECEIVER_PORT: String(this.receiverPort), HERALD_PROCESS: 'web', LOG_LEVEL: 'silent' };
    const receiver = spawn(process.execPath, ['--import', 'tsx', 'tests/chaos/receiver.ts'], {
      env: { ...process.env, ...this.wires(), ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.receiver = receiver;
    this.watch(receiver, 'the web process');
    const answers = () =>
      fetch(`http://127.0.0.1:${this.receiverPort}/`).then(
        () => true,
        () => false,
      );
    await this.until(answers, 30_000);
  }

  /** As the superuser, past every wire. */
  async admin<T extends Record<string, unknown>>(statement: string): Promise<T[]> {
    const sql = postgres(process.env.ADMIN_DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
    try {
      return await sql.unsafe<T[]>(statement);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  setFaults(rules: unknown[]): Promise<unknown> {
    const { seed } = this;
    return this.herd.sandbox('POST', '/faults', {
      phone_number_id: this.campaign.phoneNumberId,
      seed,
      rules,
    });
  }

  clearFaults(): Promise<unknown> {
    return this.herd.sandbox('DELETE', '/faults');
  }

  async status(): Promise<string> {
    const [row] = await database().sql<
      { status: string }[]
    >`SELECT status FROM campaigns WHERE id = ${this.campaign.id}`;
    return row?.status ?? 'gone';
  }

  /** How many recipients are still to be sent to. */
  async pending(): Promise<number> {
    const [row] = await database().sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM recipients WHERE campaign_id = ${this.campaign.id} AND status IN ('pending', 'sending')`;
    return row?.n ?? 0;
  }

  async liveWorkers(): Promise<number> {
    const [row] = await database().sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM workers WHERE lease_until > clock_timestamp()`;
    return row?.n ?? 0;
  }

  /** A condition that fails to be looked at is not met: things are broken on purpose. */
  async until(condition: () => Promise<boolean>, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (performance.now() < deadline) {
      if (await condition().catch(() => false)) return true;
      await sleep(100);
    }
    return false;
  }

  /** Until the campaign has ended and WhatsApp has nothing more to say. When it paused, a person resumes it. */
  async drain(): Promise<void> {
    const { actor, id: campaignId } = this.campaign;
    await this.until(async () => {
      const status = await this.status();
      if (status === 'paused') {
        this.notes.push('paused by itself');
        await startCampaign({ actor, campaignId });
      }
      return status === 'completed' && (await this.isReported());
    }, DRAIN_DEADLINE_MS);
    await sleep(this.fault.lingerMs ?? 3000);
    await this.until(() => this.isReported(), 30_000);
  }

  /** A person sends everybody again who is in doubt: one more message to each is allowed. */
  async askAgain(): Promise<void> {
    const { actor, id: campaignId } = this.campaign;
    const rows = await database().sql<{ id: string }[]>`
      SELECT id FROM recipients WHERE campaign_id = ${campaignId} AND status = 'unconfirmed'`;
    for (const { id } of rows) this.asked.set(id, (this.asked.get(id) ?? 0) + 1);
    this.sampler?.forgive(rows.map(({ id }) => id));
    const { retried } = await retryRecipients({ actor, campaignId, include: ['unconfirmed'] });
    this.notes.push(`${retried} sent again by a person`);
  }

  private async isReported(): Promise<boolean> {
    const { statuses } = await this.herd.ledger(this.campaign);
    return statuses.pending === 0 && this.witness.idle;
  }

  /** Ends all of it; also half-way, and twice. */
  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    for (const child of [...this.workers, this.receiver]) if (child) this.expectedToEnd.add(child);
    const { actor, id: campaignId } = this.running ?? {};
    if (actor && campaignId)
      await setCampaignStatus({ actor, campaignId, status: 'stopped' }).catch(() => undefined);
    await this.sampler?.stop();
    if (this.receiver) await this.kill(this.receiver);
    for (const worker of this.workers) worker.kill('SIGCONT');
    await this.herd.stop();
    await this.databaseWire?.close();
    await this.whatsappWire?.close();
    await this.postgres.stop();
    this.place?.remove();
  }

  private wires(): Record<string, string> {
    const env: Record<string, string> = {};
    if (this.whatsappWire) env.SANDBOX_PORT = String(this.whatsappWire.port);
    if (this.databaseWire) {
      const url = new URL(process.env.DATABASE_URL ?? '');
      url.port = String(this.databaseWire.port);
      env.DATABASE_URL = url.href;
    }
    return env;
  }

  private watch(child: ChildProcess, name: string): void {
    child.once('exit', (code, signal) => {
      if (!this.expectedToEnd.has(child)) this.ended.push(`${name} ended by itself (${code ?? signal})`);
    });
  }
}
