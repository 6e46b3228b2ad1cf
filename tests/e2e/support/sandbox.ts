import { z } from 'zod';
import { callSandbox } from '@/tests/support/sandbox-admin';

const [, sandboxPort = ''] = (process.env.HERALD_E2E_PORTS ?? '').split(',');

const entryShape = z.object({
  /** When the request began, milliseconds since 1970. */
  at: z.number(),
  to: z.string(),
  decision: z.string(),
  answer: z.string(),
  code: z.number(),
  wamid: z.string().nullable(),
  biz_opaque_callback_data: z.string().nullable(),
});
export type LedgerEntry = z.infer<typeof entryShape>;

const summaryShape = z.object({
  posts: z.number(),
  accepted: z.number(),
  duplicate_recipients: z.number(),
  duplicate_callback_data: z.number(),
  busiest_second: z.object({ count: z.number() }),
  max_in_flight: z.number(),
  first_at: z.number().nullable(),
  last_at: z.number().nullable(),
});

/** The witness, which knows what truly arrived. */
export function sandbox(method: string, path: string, body?: unknown): Promise<unknown> {
  return callSandbox(sandboxPort, method, path, body);
}

export async function ledger(phoneNumberId: string, to?: string): Promise<LedgerEntry[]> {
  const query = `phone_number_id=${phoneNumberId}&limit=100000${to ? `&to=${to.replace('+', '')}` : ''}`;
  return z.object({ entries: z.array(entryShape) }).parse(await sandbox('GET', `/ledger?${query}`)).entries;
}

export async function ledgerSummary(phoneNumberId: string) {
  return summaryShape.parse(await sandbox('GET', `/ledger?phone_number_id=${phoneNumberId}&summary=1`));
}

/** Of one number only: other tests run against the same sandbox. */
export async function changeSandbox(phoneNumberId: string, settings: object): Promise<void> {
  await sandbox('POST', '/settings', { phone_number_id: phoneNumberId, ...settings });
}

const deliveredShape = z.object({ delivered: z.boolean(), status: z.number().nullable() });

/** Has the sandbox post one webhook now, signed with the number's secret; how it was answered. */
export async function postWebhook(call: object) {
  return deliveredShape.parse(await sandbox('POST', '/webhooks', call));
}
