import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { time, workspaceId } from './columns';
import { recipientState, recipientStatus } from './enums';

/**
 * The big table. An update stays HOT (no index write) only if no column that an index references, partial
 * predicates included, changes: webhook facts are such updates, hence `pending` apart from `state`, a
 * fillfactor that leaves room on the page, and no index on delivered_at, read_at or the shown status.
 *
 * No foreign key to campaigns: the row check would cost more than the import itself. Rows are written in
 * the transaction that makes their campaign and deleted in the one that deletes it.
 *
 * Storage settings (fillfactor 70, vacuum scale factor 0.02) are in the first migration.
 */
export const recipients = pgTable(
  'recipients',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    /** UUIDv7, rising in the order of the upload: the list pages by it. */
    id: uuid('id').notNull(),
    /** Order of sending. A row that comes back to the queue gets a new, higher one. */
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    /** E.164 with the plus. */
    phone: text('phone').notNull(),
    /** Country calling code, without the plus: 1, 44, 966. */
    callingCode: smallint('calling_code').notNull(),
    /** ISO 3166 alpha-2; null: of no one country, or imported before this was kept. */
    country: text('country'),
    /** May be claimed now. The only column the claim index tests. */
    pending: boolean('pending').notNull().default(true),
    state: recipientState('state').notNull().default('queued'),
    /** Number of the attempt under way or done; 0 before the first. */
    attempt: smallint('attempt').notNull().default(0),
    /** Attempts up to this one are known to have failed: their late `sent` receipts prove nothing any more. */
    failedAttempt: smallint('failed_attempt').notNull().default(0),
    /** Pair-rate refusals in a row (131056): the wait is 4^n seconds. */
    pairRefusals: smallint('pair_refusals').notNull().default(0),
    retryAt: time('retry_at'),
    /** Why it waits for retry_at, where that is no new attempt; means nothing without one. In no index. */
    waitsFor: text('waits_for').$type<'window' | 'winner'>(),
    /** Which of the campaign's messages it gets, 1–4; once set it stays. null: there is one, or it waits for the choice. */
    variant: smallint('variant'),
    workerId: uuid('worker_id'),
    claimedAt: time('claimed_at'),
    wamid: text('wamid'),
    errorCode: integer('error_code'),
    errorMessage: text('error_message'),
    /** Facts, each set once. accepted: the API's answer; the others: webhooks, by Meta's clock. */
    acceptedAt: time('accepted_at'),
    /** WhatsApp took it, but holds it until it has assessed the template's quality (lib/recipients/held.ts). */
    heldAt: time('held_at'),
    sentAt: time('sent_at'),
    deliveredAt: time('delivered_at'),
    readAt: time('read_at'),
    failedAt: time('failed_at'),
    doubtAt: time('doubt_at'),
    /**
     * How WhatsApp priced what it delivered, an entry an attempt: `1 b regular marketing`, with commas between
     * (lib/costs/pricing.ts). No index may test it: it comes with the facts.
     */
    priced: text('priced'),
    /** What the outside sees. read > delivered > failed > sent, whatever order the facts came in. */
    status: recipientStatus('status')
      .notNull()
      .generatedAlwaysAs(
        sql`CASE
          WHEN read_at IS NOT NULL THEN 'read'::recipient_status
          WHEN delivered_at IS NOT NULL THEN 'delivered'::recipient_status
          WHEN failed_at IS NOT NULL THEN 'failed'::recipient_status
          WHEN state = 'accepted' THEN 'sent'::recipient_status
          WHEN state = 'in_doubt' THEN 'unconfirmed'::recipient_status
          WHEN state = 'skipped' THEN 'skipped'::recipient_status
          WHEN state = 'sending' THEN 'sending'::recipient_status
          ELSE 'pending'::recipient_status END`,
      ),
    /** The row of the upload as it came, in the order of campaigns.columns. */
    cells: jsonb('cells').$type<string[]>().notNull(),
  },
  (t) => [
    // Paging in upload order; found directly by the callback data, which carries campaign and id.
    primaryKey({ columns: [t.workspaceId, t.campaignId, t.id] }),
    // Nobody twice in one campaign. The predicate is always true (a CHECK below), but a query that does not
    // repeat it cannot use this index: without statistics the planner would take it for lookups by id, for
    // two equal columns seem to leave one row, and read the whole campaign. A search by phone repeats it.
    uniqueIndex('recipients_phone')
      .on(t.workspaceId, t.campaignId, t.phone)
      .where(sql`${t.callingCode} > 0`),
    // The claim: the head of the queue, without the rows already claimed.
    index('recipients_claim')
      .on(t.workspaceId, t.campaignId, t.seq)
      .where(sql`${t.pending}`),
    // Rescue, completion and "how many are in the air": a few hundred entries at most.
    index('recipients_in_flight')
      .on(t.workspaceId, t.campaignId, t.workerId)
      .where(sql`${t.state} = 'sending'`),
    // Waking the rows whose wait is over.
    index('recipients_retry')
      .on(t.workspaceId, t.campaignId, t.retryAt)
      .where(sql`${t.retryAt} IS NOT NULL`),
    // A webhook without our callback data is found by its wamid.
    uniqueIndex('recipients_wamid')
      .on(t.workspaceId, t.wamid)
      .where(sql`${t.wamid} IS NOT NULL`),
    // The two lists a person works through, in upload order.
    index('recipients_failed')
      .on(t.workspaceId, t.campaignId, t.id)
      .where(sql`${t.failedAt} IS NOT NULL`),
    // Those of one cause: their list, their retry, their way onto the do-not-contact list. The code changes only
    // where the state does, so that webhook facts stay HOT.
    index('recipients_failed_code')
      .on(t.workspaceId, t.campaignId, t.errorCode, t.id)
      .where(sql`${t.failedAt} IS NOT NULL`),
    index('recipients_in_doubt')
      .on(t.workspaceId, t.campaignId, t.id)
      .where(sql`${t.state} = 'in_doubt'`),
    check('recipients_pending', sql`(${t.state} = 'queued') = (${t.pending} OR ${t.retryAt} IS NOT NULL)`),
    check(
      'recipients_sending',
      sql`${t.state} <> 'sending' OR (${t.workerId} IS NOT NULL AND ${t.claimedAt} IS NOT NULL)`,
    ),
    check('recipients_accepted', sql`${t.state} <> 'accepted' OR ${t.acceptedAt} IS NOT NULL`),
    check('recipients_failed_at', sql`${t.state} <> 'failed' OR ${t.failedAt} IS NOT NULL`),
    check('recipients_doubt_at', sql`${t.state} <> 'in_doubt' OR ${t.doubtAt} IS NOT NULL`),
  ],
);

/**
 * What a person did after the message. Apart from recipients: few do anything, and the big table's rows, indexes and
 * receipts have nothing to do with it. Names nobody, so that it stays when a person is erased and no count changes.
 */
export const recipientResponses = pgTable(
  'recipient_responses',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    recipientId: uuid('recipient_id').notNull(),
    /** Each the first time. */
    repliedAt: time('replied_at'),
    optedOutAt: time('opted_out_at'),
    clickedAt: time('clicked_at'),
    clicks: integer('clicks').notNull().default(0),
    lastClickedAt: time('last_clicked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.campaignId, t.recipientId] }),
    check('recipient_responses_clicks', sql`(${t.clicks} > 0) = (${t.clickedAt} IS NOT NULL)`),
  ],
);
