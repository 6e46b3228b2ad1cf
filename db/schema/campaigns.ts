import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time, updatedAt, workspaceId } from './columns';
import { campaignStatus, unconfirmedPolicy } from './enums';

/** As lib/templates/values/format.ts reads it. */
type ValueFormat = { type: 'currency'; code: string } | { type: 'date_time' };

interface StoredVariant {
  template_id: number;
  /** Percent of those who are sent to before a message is chosen. */
  share: number;
  mapping: Record<string, { column: number | null; text: string; format?: ValueFormat }>;
}

export const campaigns = pgTable(
  'campaigns',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    senderId: uuid('sender_id').notNull(),
    templateId: integer('template_id').notNull(),
    name: text('name').notNull(),
    /** A test send to the team's own phones: it runs like any other and is in no list and no sum. */
    isTest: boolean('is_test').notNull().default(false),
    status: campaignStatus('status').notNull().default('draft'),
    /** Recipients stored; never changes after the import. The other counts are sums of campaign_counters. */
    totalRecipients: integer('total_recipients').notNull().default(0),
    /** Rows of the upload, and how many of them were left out, by cause. */
    importRows: integer('import_rows').notNull().default(0),
    importInvalid: integer('import_invalid').notNull().default(0),
    importDuplicates: integer('import_duplicates').notNull().default(0),
    importSuppressed: integer('import_suppressed').notNull().default(0),
    /** Where its people came from: an uploaded list, by its name, or a program's call. null: before this was kept. */
    listSource: text('list_source').$type<'file' | 'api'>(),
    listName: text('list_name'),
    /** Whoever made it has said that these people agreed to get messages like this one. */
    attested: boolean('attested').notNull().default(false),
    /** Whose result it was made from and whom of it (lib/follow-ups/schema.ts); that campaign may be gone since. */
    follows: jsonb('follows').$type<{
      campaign_id: string;
      audience: string;
      error_code?: number | null;
    }>(),
    /** The header row as it came; recipients.cells line up with it. */
    columns: jsonb('columns').$type<string[]>().notNull(),
    /** Template parameter key → its column (an index into `columns`), or the text where that is empty or null. */
    mapping: jsonb('mapping')
      .$type<Record<string, { column: number | null; text: string; format?: ValueFormat }>>()
      .notNull(),
    /** Two to four messages, one a person (lib/variants/schema.ts), the first being template_id and mapping; null: one message. */
    variants: jsonb('variants').$type<StoredVariant[]>(),
    /** Those sent to first, and what chooses the message of the others; null: everybody is sent to. */
    holdback: jsonb('holdback').$type<{
      percent: number;
      decide_by: 'delivered' | 'read' | 'reply';
      after_minutes: number | null;
    }>(),
    /** The variant (1–4) the others get; null: not chosen yet. */
    winner: smallint('winner'),
    /** What was chosen by: the counts of the messages at that moment, before the others made the groups unequal. */
    decision: jsonb('decision').$type<{
      at: string;
      variants: {
        key: 'A' | 'B' | 'C' | 'D';
        sent: number;
        delivered: number;
        read: number;
        failed: number;
        replied: number;
      }[];
    }>(),
    /** When nobody of those sent to first was waiting any more. */
    testEndedAt: time('test_ended_at'),
    /** URL button's parameter key → where a click on it leads (lib/clicks/destination.ts); null: not tracked. */
    trackClicks: jsonb('track_clicks').$type<Record<string, string>>(),
    /** Uploaded files its values name (db/schema/media.ts); at WhatsApp before the first message. */
    mediaIds: uuid('media_ids')
      .array()
      .notNull()
      .default(sql`'{}'`),
    workerCount: integer('worker_count').notNull().default(10),
    rateLimit: integer('rate_limit').notNull().default(50),
    unconfirmedPolicy: unconfirmedPolicy('unconfirmed_policy').notNull().default('ask'),
    /** Which failures go again without a person (lib/auto-retry/schema.ts). */
    autoRetry: jsonb('auto_retry').$type<{
      error_codes: (number | null)[];
      after_hours: number;
      times: number;
    }>(),
    scheduledAt: time('scheduled_at'),
    /** The zone whose clocks it was planned by (IANA name); null: it was planned as an instant. */
    scheduledTimeZone: text('scheduled_time_zone'),
    /** When it was found that the planned time had passed with nothing running: it waits for a person. */
    startMissedAt: time('start_missed_at'),
    /** Its time has come, and a worker asks WhatsApp before it begins: until then no other does. */
    startAskedUntil: time('start_asked_until'),
    pausedReason: text('paused_reason'),
    /** The latest time it became active: what failed before a person resumed it brakes it no more. */
    activeSince: time('active_since'),
    createdAt: createdAt(),
    /** By the clock, not by the transaction’s beginning, which may have waited for the row: pages tell the later state by it. */
    updatedAt: updatedAt(),
    startedAt: time('started_at'),
    completedAt: time('completed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // The list, newest first, and its cursor.
    index('campaigns_newest').on(t.workspaceId, t.createdAt.desc(), t.id.desc()),
    // What the worker looks at on every tick: only the campaigns that have something to do.
    index('campaigns_live')
      .on(t.status)
      .where(sql`${t.status} IN ('active', 'scheduled')`),
    index('campaigns_sender').on(t.workspaceId, t.senderId),
    check('campaigns_winner', sql`${t.winner} IS NULL OR ${t.holdback} IS NOT NULL`),
    check('campaigns_worker_count', sql`${t.workerCount} BETWEEN 1 AND 100`),
    check('campaigns_rate_limit', sql`${t.rateLimit} BETWEEN 1 AND 1000`),
    check('campaigns_completed_at', sql`(${t.status} = 'completed') = (${t.completedAt} IS NOT NULL)`),
    check('campaigns_scheduled_at', sql`${t.status} <> 'scheduled' OR ${t.scheduledAt} IS NOT NULL`),
  ],
);

/**
 * How many recipients stand where; a campaign's counts are the sum of its slots. Bumped in the transaction
 * that moves the rows, one slot a process, because one hot row would queue every process on its lock. Of a campaign with
 * variants each has slots of its own (lib/stats/counters.ts), so that their sum is the campaign's in any case.
 */
export const campaignCounters = pgTable(
  'campaign_counters',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    slot: smallint('slot').notNull(),
    pending: integer('pending').notNull().default(0),
    sent: integer('sent').notNull().default(0),
    delivered: integer('delivered').notNull().default(0),
    read: integer('read').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    unconfirmed: integer('unconfirmed').notNull().default(0),
    /** Of the sent ones: held by WhatsApp. */
    held: integer('held').notNull().default(0),
    /** Of recipient_responses: people who replied, who did so with a stop word, who clicked; and all their clicks. */
    replied: integer('replied').notNull().default(0),
    optedOut: integer('opted_out').notNull().default(0),
    clicked: integer('clicked').notNull().default(0),
    clicks: integer('clicks').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId, t.slot] })],
);

/**
 * How many recipients show `failed` for which cause, kept like campaign_counters: of a million failed rows nobody
 * could group all each time the page asks. The words and the time are those of the latest one.
 */
export const failureCounters = pgTable(
  'failure_counters',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    slot: smallint('slot').notNull(),
    /** WhatsApp's code; null: it gave none. */
    errorCode: integer('error_code'),
    failed: integer('failed').notNull().default(0),
    sample: text('sample'),
    lastFailedAt: time('last_failed_at').notNull(),
  },
  (t) => [
    unique('failure_counters_key').on(t.workspaceId, t.campaignId, t.slot, t.errorCode).nullsNotDistinct(),
  ],
);

/**
 * How many recipients wait for something other than their turn, by reason. Counted now and then by a worker
 * (worker/window-hold.ts, worker/daily-hold.ts), for a page cannot count a million of them each time it looks.
 */
export const campaignWaits = pgTable(
  'campaign_waits',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    reason: text('reason').$type<'window' | 'daily_limit'>().notNull(),
    waiting: integer('waiting').notNull(),
    /** When the first and the last of them go on. */
    nextAt: time('next_at').notNull(),
    lastAt: time('last_at').notNull(),
    /** The first few places to go on (lib/send-window/schema.ts). */
    places: jsonb('places')
      .$type<{ country: string | null; waiting: number; until: string; local_time: string | null }[]>()
      .notNull(),
    /** Of a daily limit: what it is, and how much of it is used. */
    dayLimit: integer('day_limit'),
    dayUsed: integer('day_used'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId, t.reason] })],
);

/** Rows of an upload that were left out, as they were, with the reason. */
export const rejectedRows = pgTable(
  'rejected_rows',
  {
    workspaceId: workspaceId(),
    campaignId: uuid('campaign_id').notNull(),
    /** Line number of the record in the file, the header being 1. */
    rowNumber: integer('row_number').notNull(),
    code: text('code').$type<'invalid' | 'duplicate' | 'suppressed'>().notNull(),
    reason: text('reason').notNull(),
    cells: jsonb('cells').$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId, t.rowNumber] })],
);

/** Who did what to a campaign, and what the engine did by itself (user_id null). */
export const campaignEvents = pgTable(
  'campaign_events',
  {
    workspaceId: workspaceId(),
    id: bigserial('id', { mode: 'number' }).notNull(),
    campaignId: uuid('campaign_id').notNull(),
    userId: uuid('user_id'),
    kind: text('kind').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('campaign_events_campaign').on(t.workspaceId, t.campaignId, t.id),
  ],
);

/**
 * A campaign somebody is putting together in the wizard. `contents` is what the pages saved last (its shape is
 * lib/drafts/schema.ts); `revision` rises with each save, so that two open tabs cannot overwrite each other unseen.
 */
export const campaignDrafts = pgTable(
  'campaign_drafts',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull().default(''),
    contents: jsonb('contents').notNull().default({}),
    revision: integer('revision').notNull().default(0),
    fileName: text('file_name'),
    fileBytes: integer('file_bytes'),
    /** When its file was removed because somebody in it was erased; null once there is another one. */
    fileRemovedAt: time('file_removed_at'),
    /** Set once it has become a campaign: it is in no list any more. */
    campaignId: uuid('campaign_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('campaign_drafts_open')
      .on(t.workspaceId, t.updatedAt)
      .where(sql`${t.campaignId} IS NULL`),
  ],
);

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The draft's file as it was uploaded, in pieces, so that neither side ever holds all of it. */
export const campaignDraftFiles = pgTable(
  'campaign_draft_files',
  {
    workspaceId: workspaceId(),
    draftId: uuid('draft_id').notNull(),
    part: integer('part').notNull(),
    data: bytes('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.draftId, t.part] })],
);
