import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import { startCampaign } from '@/lib/campaigns/transitions';
import { createSender } from '@/lib/senders/create';
import { syncSender } from '@/lib/senders/sync';
import { listTemplates } from '@/lib/templates/queries';
import type { Actor } from '@/lib/tenant';
import { webhookHandler } from '@/lib/webhooks/http';
import { nodeFlagsFor } from '@/scripts/product/children';
import { findFreePort } from '@/scripts/product/ports';
import { useFreshDatabase } from './fresh-database';
import { createWorkspace } from './rows';
import { callSandbox } from './sandbox-admin';

export interface CampaignOptions {
  count: number;
  rateLimit?: number;
  workerCount?: number;
  senderRate?: number;
  /** The recipient's last digits decide how the sandbox behaves; its index otherwise. */
  suffixOf?: (index: number) => string | undefined;
  /** On this campaign's number, to other people. */
  on?: RunningCampaign;
}

export interface SpawnOptions {
  /** Over this process's own environment. */
  env?: Record<string, string>;
  /** Modules loaded before the program: for what breaks it, or watches it, from outside. */
  imports?: string[];
}

export interface HerdOptions {
  built?: boolean;
  receive?: RequestListener;
}

export interface RunningCampaign {
  id: string;
  actor: Actor;
  senderId: string;
  phoneNumberId: string;
}

export interface LedgerSummary {
  posts: number;
  accepted: number;
  duplicate_recipients: number;
  max_in_flight: number;
  busiest_second: { count: number; from: number | null };
  /** Milliseconds since 1970. */
  first_at: number | null;
  last_at: number | null;
  /** What the other side had, or has, to report. */
  statuses: { pending: number };
}

const handleWebhook: RequestListener = webhookHandler();

/**
 * The engine with everything real but the web pages: real worker processes, the sandbox as its own process,
 * and our webhook handler on a port of this one. For tests that kill things.
 */
export class Herd {
  private readonly children = new Set<ChildProcess>();
  private readonly workers = new Set<ChildProcess>();

  private constructor(
    private readonly built: boolean,
    private readonly dataDir: string,
    private readonly receiver: Server,
    private readonly sandboxPort: number,
  ) {}

  /**
   * In a database of the test file's own. `built`: runs what `npm run build` made instead of the sources. `receive`
   * takes WhatsApp's calls in place of our own handler.
   */
  static async start({ built = false, receive = handleWebhook }: HerdOptions = {}): Promise<Herd> {
    await useFreshDatabase();
    const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
    const dataDir = await mkdtemp(path.join(tmpdir(), 'herald-herd-'));
    Object.assign(process.env, {
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: dataDir,
      SANDBOX: '1',
    });
    const receiver = createServer(receive);
    receiver.listen(port, '127.0.0.1');
    await once(receiver, 'listening');
    const herd = new Herd(built, dataDir, receiver, sandboxPort);
    herd.spawn('sandbox');
    await herd.untilSandboxAnswers();
    return herd;
  }

  spawnWorker(options: SpawnOptions = {}): ChildProcess {
    const worker = this.spawn('worker', options);
    this.workers.add(worker);
    return worker;
  }

  /** Ends all workers at once, as a machine that loses its power does. */
  async killWorkers(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => end(worker)));
    this.workers.clear();
  }

  /** A template with body parameters, and a running campaign, on a sandbox sender in a workspace of its own. */
  async runCampaign(options: CampaignOptions): Promise<RunningCampaign> {
    const { rateLimit = 50, workerCount = 10 } = options;
    const { actor, senderId, phoneNumberId } = options.on ?? (await makeSender(options.senderRate ?? 1000));
    const { workspaceId } = actor;
    const templates = await listTemplates(workspaceId, { status: 'APPROVED' });
    const template = templates.find(
      (t) =>
        t.category !== 'AUTHENTICATION' &&
        t.parameters.length > 0 &&
        t.parameters.every((p) => /^body_param_\d$/.test(p.key)),
    );
    if (!template) throw new Error('the sandbox has no template with body parameters only');
    const campaignId = uuidv7();
    await insertCampaign({
      campaignId,
      actor,
      senderId,
      templateId: template.id,
      keys: template.parameters.map((p) => p.key),
      ...options,
    });
    await startCampaign({ actor, campaignId, rateLimit, workerCount });
    return { id: campaignId, actor, senderId, phoneNumberId };
  }

  /** What really arrived at WhatsApp's side. */
  async ledger(campaign: RunningCampaign): Promise<LedgerSummary> {
    return (await this.sandbox(
      'GET',
      `/ledger?phone_number_id=${campaign.phoneNumberId}&summary=1`,
    )) as LedgerSummary;
  }

  sandbox(method: string, resource: string, body?: unknown): Promise<unknown> {
    return callSandbox(this.sandboxPort, method, resource, body);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children].map((child) => end(child)));
    this.receiver.closeAllConnections();
    await new Promise((resolve) => this.receiver.close(resolve));
    await database().close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private spawn(name: 'worker' | 'sandbox', options: SpawnOptions = {}): ChildProcess {
    const imports = (options.imports ?? []).flatMap((module) => ['--import', module]);
    const program = this.built
      ? [...nodeFlagsFor(name), ...imports, 'scripts/run.mjs', name]
      : ['--import', 'tsx', ...imports, 'scripts/run.mjs', name, '--dev'];
    const child = spawn(process.execPath, program, {
      env: { ...process.env, LOG_LEVEL: process.env.HERD_LOG_LEVEL ?? 'error', ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return child;
  }

  private async untilSandboxAnswers(): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      if (
        await this.sandbox('GET', '/health').then(
          () => true,
          () => false,
        )
      )
        return;
      if (Date.now() > deadline) throw new Error('the sandbox did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function makeSender(rateLimit: number): Promise<Omit<RunningCampaign, 'id'>> {
  const { workspaceId, userId } = await createWorkspace();
  const actor = { workspaceId, userId };
  const sender = await createSender(actor, { name: 'Herd', sandbox: true, rate_limit: rateLimit });
  await syncSender({ workspaceId, senderId: sender.id });
  return { actor, senderId: sender.id, phoneNumberId: sender.phone_number_id };
}

async function insertCampaign(
  options: CampaignOptions & {
    campaignId: string;
    actor: Actor;
    senderId: string;
    templateId: number;
    keys: string[];
  },
): Promise<void> {
  const { sql } = database();
  const { campaignId, actor, senderId, templateId, count, suffixOf } = options;
  const { workspaceId, userId } = actor;
  const phones = Array.from({ length: count }, (_, i) => {
    const suffix = suffixOf?.(i);
    return suffix ? `+1202${String(i).padStart(7, '0').slice(-3)}${suffix}` : `+1${plainNumber(i, options)}`;
  });
  await sql`
    INSERT INTO campaigns (workspace_id, id, user_id, sender_id, template_id, name, total_recipients, columns, mapping)
    VALUES (${workspaceId}, ${campaignId}, ${userId}, ${senderId}, ${templateId}, 'Herd', ${count},
      '["phone_number", "value"]', ${JSON.stringify(Object.fromEntries(options.keys.map((key) => [key, { column: 1, text: '' }])))}::text::jsonb)`;
  await sql`INSERT INTO rate_limits (workspace_id, id, rate) VALUES (${workspaceId}, ${campaignId}, 50)`;
  for (let start = 0; start < count; start += 5000) {
    const batch = phones.slice(start, start + 5000);
    await sql`
      WITH counted AS (
        INSERT INTO campaign_counters AS k (workspace_id, campaign_id, slot, pending)
        VALUES (${workspaceId}, ${campaignId}, 0, ${batch.length})
        ON CONFLICT (workspace_id, campaign_id, slot) DO UPDATE SET pending = k.pending + excluded.pending
      )
      INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
      SELECT ${workspaceId}, ${campaignId}, g.id, g.phone, 1, jsonb_build_array(g.phone, 'Ana')
      FROM unnest(${batch.map(() => uuidv7())}::uuid[], ${batch}::text[]) AS g (id, phone)`;
  }
}

/** Plain numbers end in 9000–9999, which mean nothing special to the sandbox; there are not enough for long lists. */
function plainNumber(i: number, { count, on }: CampaignOptions): number {
  const base = on ? 3_020_000_000 : 2_020_000_000;
  return count > 50_000 ? base + i : base + i * 10_000 + 9_000;
}
