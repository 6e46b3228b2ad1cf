import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { getEnv } from '@/lib/env';
import { AppError, notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { getPhoneNumber } from '@/lib/whatsapp/graph';
import {
  countSubscribedApps,
  hasTemplates,
  listAccountNumbers,
  proveAppSecret,
} from '@/lib/whatsapp/graph-account';
import { GraphReadError } from '@/lib/whatsapp/graph-errors';
import { checksOf, untriedChecks } from './connection-checks';
import { connectionOf, type SenderConnection } from './credentials';
import type { Findings, Read } from './findings';
import { sandboxUnreachable } from './sandbox';
import type { ConnectionCheck, TestCredentials } from './schema';
import { senderSecret } from './secrets';
import { webhookUrl } from './webhook-url';

/** A person waits for it: what is slower than this is told as not reached. */
const TIMEOUT_MS = 6_000;

type Connection = Omit<SenderConnection, 'senderId' | 'marketingRoute'>;

/** Tries credentials that are not stored, at WHATSAPP_API_URL only. What fails is in the checks, never thrown. */
export async function testCredentials(input: TestCredentials): Promise<ConnectionCheck[]> {
  const env = getEnv();
  const connection = {
    sandbox: false,
    baseUrl: env.whatsappApiUrl,
    version: env.whatsappApiVersion,
    phoneNumberId: input.phone_number_id,
    wabaId: input.waba_id,
    accessToken: input.access_token,
  };
  return check(connection, () => input.app_secret, { verifyToken: null, seenAtMs: null });
}

/** Tries a stored sender's connection. What fails is in the checks. Throws AppError `not_found` only. */
export async function testSender(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  db: Db = database().db,
): Promise<ConnectionCheck[]> {
  const [row] = await db
    .select()
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!row) throw notFound('sender');
  const webhook = { verifyToken: row.verifyToken, seenAtMs: row.webhookSeenAt?.getTime() ?? null };
  try {
    return await check(connectionOf(row), () => senderSecret(row, 'app_secret'), webhook);
  } catch (error) {
    // The sandbox is off, or no key opens the token.
    if (error instanceof AppError) return untriedChecks(error.message);
    throw error;
  }
}

async function check(
  connection: Connection,
  appSecret: () => string,
  webhook: Omit<Findings['webhook'], 'url'>,
): Promise<ConnectionCheck[]> {
  const { phoneNumberId, wabaId, sandbox } = connection;
  const access = { ...connection, timeoutMs: TIMEOUT_MS };
  const attempt = <T>(read: () => Promise<T>) => readOrReason(read, sandbox);
  const [number, numbers, templates, apps, proof] = await Promise.all([
    attempt(() => getPhoneNumber(access, phoneNumberId)),
    attempt(() => listAccountNumbers(access, wabaId)),
    attempt(() => hasTemplates(access, wabaId)),
    attempt(() => countSubscribedApps(access, wabaId)),
    attempt(async () => proveAppSecret(access, { phoneNumberId, appSecret: appSecret() })),
  ]);
  return checksOf({
    ...{ phoneNumberId, sandbox, number, numbers, templates, apps, proof },
    webhook: { url: webhookUrl(), ...webhook },
    nowMs: Date.now(),
  });
}

async function readOrReason<T>(read: () => Promise<T>, sandbox: boolean): Promise<Read<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const metaCode = error instanceof GraphReadError ? error.metaCode : null;
    const { code, message } =
      sandbox && error.code === 'whatsapp_unreachable' ? sandboxUnreachable(error) : error;
    return { ok: false, code, metaCode, message };
  }
}
