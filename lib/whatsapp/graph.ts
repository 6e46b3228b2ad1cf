import { z } from 'zod';
import { openConnections, type Connections } from './connections';
import { exchange } from './exchange';
import { GraphReadError, readFailure } from './graph-errors';

/** Where and as whom to read. */
export interface GraphAccess {
  baseUrl: string;
  version: string;
  accessToken: string;
  /** For one answer; 20 s unless given. */
  timeoutMs?: number;
}

const READ_TIMEOUT_MS = 20_000;
const PAGE_SIZE = 100;
/** An account has at most 6,000 templates (reference §2): more pages than this is a server gone wrong. */
const MAX_PAGES = 200;
const CURSOR_EXPIRED = 131_059;

const NUMBER_FIELDS =
  'quality_rating,status,throughput,whatsapp_business_manager_messaging_limit,health_status,display_phone_number,verified_name';
const TEMPLATE_FIELDS =
  'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

const optionalText = z.string().max(500).nullable().catch(null);

/** Ids of Graph are digits; as text, or in older answers as a number. */
const optionalId = z
  .union([z.string().regex(/^\d{1,32}$/), z.int().nonnegative().transform(String)])
  .nullable()
  .catch(null);

const healthEntitySchema = z.object({
  /** PHONE_NUMBER, WABA, BUSINESS or APP. */
  entity_type: optionalText,
  id: optionalId,
  errors: z.array(z.object({ error_description: optionalText, possible_solution: optionalText })).catch([]),
});

const phoneNumberSchema = z.object({
  quality_rating: optionalText,
  status: optionalText,
  throughput: z.object({ level: optionalText }).nullable().catch(null),
  whatsapp_business_manager_messaging_limit: optionalText,
  health_status: z
    .object({ can_send_message: optionalText, entities: z.array(healthEntitySchema).catch([]) })
    .nullable()
    .catch(null),
  display_phone_number: optionalText,
  verified_name: optionalText,
});

/** What Meta says about a number (reference §4); null where it says nothing. */
export type GraphPhoneNumber = z.infer<typeof phoneNumberSchema>;

const templateSchema = z.object({
  id: z.union([z.string().min(1).max(64), z.int().transform(String)]),
  name: z.string().min(1).max(512),
  language: z.string().min(1).max(32),
  status: z.string().min(1).max(64),
  category: z.string().max(64).catch('UNKNOWN'),
  parameter_format: z.enum(['POSITIONAL', 'NAMED']).catch('POSITIONAL'),
  // Kept, so that the template is not taken for deleted; it cannot be sent (templates/sendable.ts).
  components: z.array(z.looseObject({ type: z.string() })).catch([{ type: 'UNREADABLE' }]),
  quality_score: z.object({ score: optionalText }).nullable().catch(null),
  rejected_reason: optionalText,
});

export type GraphTemplate = z.infer<typeof templateSchema>;

const pageSchema = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
});

// Apart from the sending ones: pages of templates are long answers.
let connections: Connections | undefined;
const readConnections = (): Connections =>
  (connections ??= openConnections({ connections: 8, maxAnswerBytes: 8 * 1024 * 1024 }));

/** A number's details. Throws AppError in plain words: graph-errors.ts. */
export async function getPhoneNumber(access: GraphAccess, phoneNumberId: string): Promise<GraphPhoneNumber> {
  const path = `/${phoneNumberId}?fields=${NUMBER_FIELDS}`;
  return phoneNumberSchema.parse(await readGraph(access, path, `phone number id ${phoneNumberId}`));
}

/**
 * Every template of an account, all pages, each once. A page is asked for by its cursor, never by the address
 * the answer holds; an expired cursor starts again, once. Entries without id or name are left out. Throws
 * AppError, never a part of the list.
 */
export async function listGraphTemplates(access: GraphAccess, wabaId: string): Promise<GraphTemplate[]> {
  try {
    return await readAllPages(access, wabaId);
  } catch (error) {
    if (error instanceof GraphReadError && error.metaCode === CURSOR_EXPIRED) {
      return readAllPages(access, wabaId);
    }
    throw error;
  }
}

async function readAllPages(access: GraphAccess, wabaId: string): Promise<GraphTemplate[]> {
  const templates = new Map<string, GraphTemplate>();
  const seen = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ fields: TEMPLATE_FIELDS, limit: String(PAGE_SIZE) });
    if (after !== undefined) query.set('after', after);
    const path = `/${wabaId}/message_templates?${query.toString()}`;
    const page = pageSchema.safeParse(await readGraph(access, path, `WhatsApp account id ${wabaId}`));
    if (!page.success) throw GraphReadError.unreadable();
    for (const entry of page.data.data) {
      const template = templateSchema.safeParse(entry);
      if (template.success) templates.set(template.data.id, template.data);
    }
    const { next, cursors } = page.data.paging ?? {};
    if (next === undefined) return [...templates.values()];
    after = cursors?.after;
    if (after === undefined || seen.has(after) || seen.size >= MAX_PAGES) throw GraphReadError.unreadable();
    seen.add(after);
  }
}

/**
 * One read of Graph, its JSON. `what` names the object for a person: "phone number id 123". Throws
 * GraphReadError in plain words.
 */
export async function readGraph(access: GraphAccess, path: string, what: string): Promise<unknown> {
  const request = {
    method: 'GET' as const,
    baseUrl: access.baseUrl,
    path: `/${access.version}${path}`,
    accessToken: access.accessToken,
  };
  const { timeoutMs = READ_TIMEOUT_MS } = access;
  let ended = await exchange(request, timeoutMs, readConnections());
  // A kept-open connection may close under a request; reading again harms nobody.
  if (ended.kind === 'failure' && ended.mayHaveLeft && ended.code !== 'TIMEOUT') {
    ended = await exchange(request, timeoutMs, readConnections());
  }
  const isRead = ended.kind === 'answer' && ended.httpStatus < 300 && ended.body !== undefined;
  if (isRead && ended.kind === 'answer') return ended.body;
  throw readFailure(ended, what);
}
