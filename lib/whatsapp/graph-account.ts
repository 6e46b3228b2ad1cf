import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { readGraph, type GraphAccess } from './graph';
import { GraphReadError } from './graph-errors';

/** An account has 20 numbers at most unless Meta raised it: one page holds them. */
const NUMBERS_ASKED = 100;

const listSchema = z.object({ data: z.array(z.unknown()) });

const accountNumberSchema = z.object({
  id: z.string().min(1).max(64),
  display_phone_number: z.string().max(64).nullable().catch(null),
});

/** A number of an account, as its list names it. */
export type GraphAccountNumber = z.infer<typeof accountNumberSchema>;

/** The numbers of an account. Throws GraphReadError. */
export async function listAccountNumbers(access: GraphAccess, wabaId: string): Promise<GraphAccountNumber[]> {
  const path = `/${wabaId}/phone_numbers?fields=id,display_phone_number&limit=${NUMBERS_ASKED}`;
  return (await readList(access, path, wabaId)).flatMap((entry) => {
    const number = accountNumberSchema.safeParse(entry);
    return number.success ? [number.data] : [];
  });
}

/** Whether the account has a template; what matters is that the token may look. Throws GraphReadError. */
export async function hasTemplates(access: GraphAccess, wabaId: string): Promise<boolean> {
  const path = `/${wabaId}/message_templates?fields=id&limit=1`;
  return (await readList(access, path, wabaId)).length > 0;
}

/** How many apps are told what happens in the account. Throws GraphReadError. */
export async function countSubscribedApps(access: GraphAccess, wabaId: string): Promise<number> {
  return (await readList(access, `/${wabaId}/subscribed_apps`, wabaId)).length;
}

/**
 * Reads the number once more with a proof made of the app secret. Graph refuses a wrong proof with code 100, like
 * an unknown id: only where the number can be read without it, that means another app's secret. Throws
 * GraphReadError.
 */
export async function proveAppSecret(
  access: GraphAccess,
  { phoneNumberId, appSecret }: { phoneNumberId: string; appSecret: string },
): Promise<void> {
  const proof = createHmac('sha256', appSecret).update(access.accessToken).digest('hex');
  const path = `/${phoneNumberId}?fields=id&appsecret_proof=${proof}`;
  await readGraph(access, path, `phone number id ${phoneNumberId}`);
}

async function readList(access: GraphAccess, path: string, wabaId: string): Promise<unknown[]> {
  const list = listSchema.safeParse(await readGraph(access, path, `WhatsApp account id ${wabaId}`));
  if (!list.success) throw GraphReadError.unreadable();
  return list.data.data;
}
