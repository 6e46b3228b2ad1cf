import { z } from 'zod';
import { rateLimitSchema, workerCountSchema } from '@/lib/campaigns/schema';
import { followsSchema } from '@/lib/follow-ups/schema';
import { valueFormatSchema } from '@/lib/templates/values/format';
import { holdbackSchema } from '@/lib/variants/schema';

/** Where a person is in the wizard; the page's address says the same. */
export const WIZARD_STEPS = ['template', 'file', 'map', 'review'] as const;
export const wizardStepSchema = z.enum(WIZARD_STEPS);
export type WizardStep = z.infer<typeof wizardStepSchema>;

/** More changed by hand is a job for a spreadsheet; keeps a save at some hundred kilobytes. */
export const MAX_EDITS = 5_000;

const source = z.strictObject({
  column: z.string().max(1000).optional(),
  text: z.string().max(5000).optional(),
  format: valueFormatSchema.optional(),
});

const templateId = z.int().min(1).max(2_147_483_647).nullable().default(null);
/** phone_number, country_code or a parameter key → what fills it. */
const mapping = z.record(z.string().max(200), source).default({});
/** Keys of a mapping that nobody has looked at yet. */
const guessed = z.array(z.string().max(200)).max(300).default([]);
/** Percent; what is typed need not add up yet. */
const share = z.int().min(1).max(99);

/** Several messages against each other: the first is the draft's own template and mapping. */
const testSchema = z.strictObject({
  /** Of the first message. */
  share,
  /** Messages B to D; numbers are found as the draft's own mapping says. */
  others: z
    .array(z.strictObject({ template_id: templateId, share, mapping, guessed }))
    .min(1)
    .max(3),
  holdback: holdbackSchema.nullable().default(null),
});

export type DraftTest = z.infer<typeof testSchema>;

/** What the wizard keeps of a campaign being put together (browser-safe); `{}` is a new one. */
export const draftContentsSchema = z.strictObject({
  step: wizardStepSchema.default('template'),
  sender_id: z.uuid().nullable().default(null),
  template_id: templateId,
  file: z
    .strictObject({
      name: z.string().max(300),
      kind: z.enum(['text', 'xlsx', 'pasted']),
      /** As a person chose them; null: as found in the file. */
      encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).nullable(),
      delimiter: z.enum([',', ';', '\t', '|']).nullable(),
    })
    .nullable()
    .default(null),
  mapping,
  guessed,
  /** null: one message for everybody. */
  test: testSchema.nullable().default(null),
  default_country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  /** Cells changed by hand: line of the record, index of the column. */
  edits: z
    .array(
      z.strictObject({
        row: z.int().min(1),
        column: z.int().min(0).max(1000),
        value: z.string().max(10_000),
      }),
    )
    .max(MAX_EDITS)
    .default([]),
  /**
   * Whose result the list was made from, whom of it, its name then, and whether it had several messages; null: it is a
   * list of its own.
   */
  follows: followsSchema
    .extend({ name: z.string().max(200), tested: z.boolean().default(false) })
    .nullable()
    .default(null),
  /** Tracked URL button's parameter key → where a click on it leads, as it is being typed. */
  track_clicks: z.record(z.string().max(200), z.string().max(2000)).default({}),
  worker_count: workerCountSchema.default(10),
  rate_limit: rateLimitSchema.default(50),
  /** When it starts by itself, as it is being typed; null: as soon as it is sent. */
  schedule: z
    .strictObject({
      local_time: z.string().max(32),
      time_zone: z.string().max(64),
      offset: z.string().max(6).nullable(),
    })
    .nullable()
    .default(null),
  /** The person has said that these people agreed to be written to. */
  attested: z.boolean().default(false),
  /** Part of the idempotency key: rises when a campaign made from it was taken back. */
  attempt: z.int().min(1).max(1_000_000).default(1),
});

export type DraftContents = z.infer<typeof draftContentsSchema>;

export const draftNameSchema = z.string().max(200, 'A campaign name has at most 200 characters.');

export const draftSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  contents: draftContentsSchema,
  /** Rises with each save; a save names the one it was made from. */
  revision: z.int(),
  file_name: z.string().nullable(),
  file_bytes: z.int().nullable(),
  file_removed_at: z.iso
    .datetime()
    .nullable()
    .describe('When its file was removed because somebody in it was erased.'),
  /** The campaign made of it; such a draft is in no list any more. */
  campaign_id: z.uuid().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

/** A draft as the API and the pages show it. */
export type Draft = z.infer<typeof draftSchema>;

/** The same without its contents, for lists. */
export const draftSummarySchema = draftSchema.omit({ contents: true });

export type DraftSummary = z.infer<typeof draftSummarySchema>;

/** What a save may change; the rest stays. */
export const draftChangesSchema = z.strictObject({
  revision: z.int().min(0).describe('The one these changes were made from.'),
  name: draftNameSchema.optional(),
  contents: draftContentsSchema.optional().describe('All of it: what is left out gets its default.'),
  campaign_id: z.uuid().nullable().optional().describe('The campaign it has become; null takes it back.'),
});

export type DraftChanges = z.infer<typeof draftChangesSchema>;
