import { connect, database, type Sql } from '@/db/client';
import { getCampaign, listCampaigns } from '@/lib/campaigns/queries';
import { claimRecipients, type ClaimedRecipient } from '@/lib/recipients/claim';
import { exportRecipients } from '@/lib/recipients/export';
import { listRecipients } from '@/lib/recipients/queries';
import { settleRecipients } from '@/lib/recipients/settle';
import {
  createActiveCampaign,
  createWorker,
  settlementOf,
  type ActiveCampaign,
} from '@/tests/support/engine';
import { startTestPostgres } from '@/tests/support/postgres';
import { createCampaign } from '@/tests/support/rows';
import '@/tests/support/env';
import { postgresVersion } from './database-work';
import { quantile, round, timed, type Measurement } from './measurement';
import type { ResultRow } from './results';

const SIZES = [10_000, 1_000_000, 5_000_000];
/** A full first page, and a hundred times as many. */
const FEW_CAMPAIGNS = 100;
const CAMPAIGNS = 10_000;
const BATCH = 100;
const TIMES = 40;
const EXPORTED_ROWS = 10_000;
/** Of a hundred recipients, so many are sent to before anything is measured; one of them failed. */
const DONE_PERCENT = 40;

type Timings = Record<string, number>;

/** What each statement takes as one campaign, and the number of campaigns, grows. `options`: other sizes. */
export async function measureGrowth(options: string[]): Promise<Measurement> {
  const sizes = options.length > 0 ? options.map(Number) : SIZES;
  const stopPostgres = await startTestPostgres();
  try {
    const bySize: Timings[] = [];
    for (const size of sizes) bySize.push(await timingsAt(size));
    const few = await campaignTimings(FEW_CAMPAIGNS);
    const many = await campaignTimings(CAMPAIGNS);
    const label = (size: number) => size.toLocaleString('en');
    return {
      section: 'Growth',
      rows: [
        ...Object.keys(bySize[0] ?? {}).map((what) =>
          rowOf(
            what,
            sizes.map(label),
            bySize.map((timings) => timings[what] ?? NaN),
          ),
        ),
        ...Object.keys(few).map((what) =>
          rowOf(what, [label(FEW_CAMPAIGNS), label(CAMPAIGNS)], [few[what] ?? NaN, many[what] ?? NaN]),
        ),
      ],
      postgres: await postgresVersion(),
      notes: [
        `Median of ${TIMES}, ms; in the order of the sizes named, the next campaign made beside those before it. ${DONE_PERCENT} % of a campaign is sent to and one in a hundred failed before it is measured. Claims and settlements are of ${BATCH}.`,
        'Digits without a plus, and text of a row, are looked for in every row of the campaign; the first page of them ends early where many match, and here none does.',
      ],
    };
  } finally {
    await database().close();
    await stopPostgres();
  }
}

function rowOf(what: string, sizes: string[], times: number[]): ResultRow {
  const [first = NaN] = times;
  return {
    what,
    sizes: sizes.join(' · '),
    ms: times.map((time) => round(time, 2)).join(' · '),
    'largest ÷ smallest': round((times.at(-1) ?? NaN) / first, 2),
  };
}

async function timingsAt(size: number): Promise<Timings> {
  const campaign = await createActiveCampaign(0);
  // Millions of rows in one statement take longer than the product lets one take.
  const { sql, close } = connect(process.env.DATABASE_URL ?? '', { max: 1, statementTimeoutMs: 0 });
  await fill(campaign, size, sql);
  await sql`VACUUM (ANALYZE) recipients`;
  await close();
  const key = { workspaceId: campaign.workspaceId, campaignId: campaign.id };
  const list = (rest: object) => () => listRecipients({ ...key, limit: 50, ...rest });
  const third = await pageCursor(key, 3);
  return {
    ...(await engineTimings(campaign)),
    'GET campaign': await median(() => getCampaign(key)),
    'recipients, first page': await median(list({})),
    'recipients, fourth page': await median(list({ cursor: third })),
    'recipients, failed': await median(list({ status: 'failed' })),
    'recipients, by +number': await median(list({ search: '+12000000007' })),
    'recipients, by digits that nobody has': await median(list({ search: '99999999' }), 3),
    'recipients, by text that nobody has': await median(list({ search: 'zebra' }), 3),
    'export, a thousand rows': (await exportTime(key)) / (EXPORTED_ROWS / 1000),
  };
}

async function engineTimings(campaign: ActiveCampaign): Promise<Timings> {
  const workerId = await createWorker(3600);
  const { workspaceId, id: campaignId, senderId } = campaign;
  const [claims, settlements]: [number[], number[]] = [[], []];
  let afterSeq = 0;
  for (let i = 0; i < TIMES; i += 1) {
    await database()
      .sql`UPDATE rate_limits SET tat = now() - interval '1 day' WHERE workspace_id = ${workspaceId}`;
    let claimed: ClaimedRecipient[] = [];
    const request = {
      workspaceId,
      campaignId,
      senderId,
      workerId,
      max: BATCH,
      carried: 0,
      afterSeq,
      catchUpMs: 0,
    };
    claims.push(await timed(async () => void ({ recipients: claimed } = await claimRecipients(request))));
    if (claimed.length !== BATCH) throw new Error(`${claimed.length} of ${BATCH} were claimed.`);
    afterSeq = claimed.at(-1)?.seq ?? afterSeq;
    const batch = claimed.map((one) =>
      settlementOf(campaign, workerId, one, { kind: 'accepted', wamid: `wamid.${one.id}` }),
    );
    settlements.push(await timed(() => settleRecipients(batch)));
  }
  return {
    [`claim of ${BATCH}`]: quantile(claims, 0.5),
    [`settlement of ${BATCH}`]: quantile(settlements, 0.5),
  };
}

async function campaignTimings(count: number): Promise<Timings> {
  const { workspaceId, actor, id } = await createActiveCampaign(0);
  for (let i = 1; i < count; i += 1)
    await createCampaign(workspaceId, actor.userId, { count: 0, values: { name: `Newsletter ${i}` } });
  await database().sql`VACUUM (ANALYZE) campaigns`;
  return {
    'list of campaigns, first page': await median(() => listCampaigns({ workspaceId, limit: 50 })),
    'GET campaign, of many': await median(() => getCampaign({ workspaceId, campaignId: id })),
  };
}

/** The cursor after `pages` pages. */
async function pageCursor(
  key: { workspaceId: ActiveCampaign['workspaceId']; campaignId: string },
  pages: number,
): Promise<string> {
  let cursor: string | undefined;
  for (let i = 0; i < pages; i += 1) {
    const page = await listRecipients({ ...key, limit: 50, ...(cursor ? { cursor } : {}) });
    cursor = page.next_cursor ?? undefined;
  }
  return cursor ?? '';
}

async function exportTime(key: Parameters<typeof exportRecipients>[0]): Promise<number> {
  return timed(async () => {
    const { chunks } = await exportRecipients(key);
    let rows = 0;
    for await (const chunk of chunks) {
      rows += chunk.length > 0 ? 1000 : 0;
      if (rows > EXPORTED_ROWS) return;
    }
  });
}

async function median(work: () => Promise<unknown>, times = TIMES): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < times; i += 1) all.push(await timed(work));
  return quantile(all, 0.5);
}

/** As an import leaves them, and then as the engine does: one statement, for the engine itself would take an hour. */
async function fill({ workspaceId, id }: ActiveCampaign, size: number, sql: Sql): Promise<void> {
  await sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, wamid,
      accepted_at, failed_at)
    SELECT ${workspaceId}, ${id}, uuidv7(), '+1' || (2000000000 + n), 1,
      jsonb_build_array('+1' || (2000000000 + n), 'Ana María ' || n),
      NOT done, CASE WHEN NOT done THEN 'queued' WHEN failed THEN 'failed' ELSE 'accepted' END::recipient_state,
      done::int, CASE WHEN done AND NOT failed THEN 'wamid.' || ${id} || n END,
      CASE WHEN done AND NOT failed THEN now() END, CASE WHEN failed THEN now() END
    FROM (SELECT n, n % 100 < ${DONE_PERCENT} AS done, n % 100 = 7 AS failed FROM generate_series(1, ${size}::int) n) rows`;
  await sql`
    INSERT INTO campaign_counters (workspace_id, campaign_id, slot, pending, sent, failed)
    SELECT ${workspaceId}, ${id}, 1, count(*) FILTER (WHERE pending), count(*) FILTER (WHERE status = 'sent'),
      count(*) FILTER (WHERE status = 'failed')
    FROM recipients WHERE workspace_id = ${workspaceId} AND campaign_id = ${id}`;
}
