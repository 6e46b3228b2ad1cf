import { z } from 'zod';
import { readPricing } from '@/lib/costs/pricing';
import { parseAttemptKey } from '@/lib/recipients/attempt-key';
import type { Receipt, ReceiptKind } from '@/lib/recipients/receipts';
import { failureMessage } from '@/lib/whatsapp/errors';
import { storableText } from './storable';

/** What one element of `statuses[]` is, apart from whose. */
export type ReadStatus =
  | { kind: 'receipt'; receipt: Omit<Receipt, 'workspaceId' | 'senderId'> }
  /** A kind that says nothing about delivery: `deleted`, `warning`, or one that Meta made up since. */
  | { kind: 'ignored' }
  | { kind: 'malformed'; reason: string };

const KINDS: Record<string, ReceiptKind | undefined> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // A voice message that was listened to was read.
  played: 'read',
  failed: 'failed',
};

const MAX_WORDS = 1_000;
const MAX_INT = 2_147_483_647;

const words = z.string().transform((text) => storableText(text).slice(0, MAX_WORDS));
const code = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().max(MAX_INT));

/** `errors[]`, of a status or of a whole change; error_data is an object or a plain string. */
export const providerErrorSchema = z.object({
  code: code.nullable().catch(null),
  title: words.catch(''),
  message: words.catch(''),
  error_data: z
    .union([words, z.object({ details: words }).transform(({ details }) => details)])
    .nullable()
    .catch(null),
});

const statusSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(512)
    .refine((id) => !id.includes('\0')),
  status: z.string().min(1),
  timestamp: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .nullable()
    .catch(null),
  biz_opaque_callback_data: z.unknown().optional(),
  pricing: z.unknown().optional(),
  // Absent in all but failed ones: a `catch` alone would write a whole complaint about each.
  errors: z.array(providerErrorSchema).optional().catch(undefined),
});

/** Reads one status by itself: a bad one never costs its neighbours. */
export function readStatus(raw: unknown): ReadStatus {
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.');
    return {
      kind: 'malformed',
      reason: `status without a usable ${place === '' || !place ? 'shape' : place}`,
    };
  }
  const { id, status, timestamp, errors } = parsed.data;
  const kind = Object.hasOwn(KINDS, status) ? KINDS[status] : undefined;
  if (!kind) return { kind: 'ignored' };
  const key = parseAttemptKey(parsed.data.biz_opaque_callback_data);
  const failure = kind === 'failed' ? readFailure(errors?.[0]) : { errorCode: null, errorMessage: null };
  const pricing = readPricing(parsed.data.pricing);
  return {
    kind: 'receipt',
    receipt: { key, wamid: id, kind, at: timestamp, ...failure, ...(pricing && { pricing }) },
  };
}

function readFailure(error: z.output<typeof providerErrorSchema> | undefined) {
  if (!error)
    return { errorCode: null, errorMessage: 'WhatsApp reported the message as failed and gave no reason.' };
  const said = {
    code: error.code,
    message: error.message || error.title,
    details: error.error_data,
    httpStatus: null,
  };
  return { errorCode: error.code, errorMessage: failureMessage(said).slice(0, MAX_WORDS) };
}
