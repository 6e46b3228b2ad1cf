import { randomBytes, randomUUID } from 'node:crypto';
import { database, type Db } from '@/db/client';
import { rateLimits } from '@/db/schema/engine';
import { senders } from '@/db/schema/senders';
import { recordAudit } from '@/lib/audit/record';
import { AppError } from '@/lib/errors';
import type { SendWindow } from '@/lib/send-window/schema';
import type { Actor } from '@/lib/tenant';
import { NO_CAMPAIGNS, toSender } from './dto';
import { createSandboxNumber } from './sandbox';
import { DEFAULT_SENDER_RATE, type CreateSender, type Sender } from './schema';
import { hintOf, sealSenderSecret } from './secrets';
import { webhookUrl } from './webhook-url';

interface NewNumber {
  name: string;
  sandbox: boolean;
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  rateLimit: number;
  defaultCountry: string | null;
  sendWindow: SendWindow | null;
  displayPhoneNumber?: string | null;
  verifiedName?: string | null;
}

/**
 * Stores a number with its sealed secrets and its limiter; a sandbox one is made there first. Nothing is asked of
 * Meta: that is syncSender. Throws AppError: `sender_exists` (409), `sandbox_off`, `sandbox_unreachable`.
 */
export async function createSender(
  actor: Actor,
  input: CreateSender,
  db: Db = database().db,
): Promise<Sender> {
  const number = input.sandbox ? await newSandboxNumber(input) : realNumber(input);
  return db.transaction((tx) => insertSender(actor, number, tx));
}

function realNumber(input: Extract<CreateSender, { sandbox?: false | undefined }>): NewNumber {
  return {
    name: input.name,
    sandbox: false,
    phoneNumberId: input.phone_number_id,
    wabaId: input.waba_id,
    accessToken: input.access_token,
    appSecret: input.app_secret,
    verifyToken: input.verify_token ?? newVerifyToken(),
    rateLimit: input.rate_limit ?? DEFAULT_SENDER_RATE,
    defaultCountry: input.default_country ?? null,
    sendWindow: input.send_window ?? null,
  };
}

async function newSandboxNumber({
  name,
  rate_limit: rate,
  default_country: country,
  send_window: sendWindow,
}: CreateSender): Promise<NewNumber> {
  const verifyToken = newVerifyToken();
  const rateLimit = rate ?? DEFAULT_SENDER_RATE;
  const made = await createSandboxNumber({
    callback_url: webhookUrl(),
    verify_token: verifyToken,
    name,
    // As at Meta: 80 a second, or as much as an upgraded number needs.
    messages_per_second: Math.max(DEFAULT_SENDER_RATE, rateLimit),
  });
  return {
    name,
    sandbox: true,
    phoneNumberId: made.phone_number_id,
    wabaId: made.waba_id,
    accessToken: made.access_token,
    appSecret: made.app_secret,
    verifyToken,
    rateLimit,
    defaultCountry: country ?? null,
    sendWindow: sendWindow ?? null,
    displayPhoneNumber: made.display_phone_number,
    verifiedName: made.verified_name,
  };
}

async function insertSender({ workspaceId, userId }: Actor, number: NewNumber, tx: Db): Promise<Sender> {
  const { accessToken, appSecret, ...columns } = number;
  const row = { workspaceId, id: randomUUID() };
  const [sender] = await tx
    .insert(senders)
    .values({
      ...row,
      ...columns,
      userId,
      accessTokenSealed: sealSenderSecret(row, 'access_token', accessToken),
      appSecretSealed: sealSenderSecret(row, 'app_secret', appSecret),
      accessTokenHint: hintOf(accessToken),
      appSecretHint: hintOf(appSecret),
    })
    .onConflictDoNothing({ target: [senders.workspaceId, senders.phoneNumberId] })
    .returning();
  if (!sender) {
    throw new AppError(
      'conflict',
      'sender_exists',
      `There already is a sender with phone number id ${number.phoneNumberId}: change that one instead.`,
    );
  }
  await tx.insert(rateLimits).values({ ...row, rate: number.rateLimit });
  const detail = { sandbox: sender.sandbox, phone_number_id: sender.phoneNumberId };
  await recordAudit([{ workspaceId, userId, kind: 'sender_added', subject: sender.name, detail }], tx);
  return toSender(sender, NO_CAMPAIGNS);
}

function newVerifyToken(): string {
  return randomBytes(24).toString('base64url');
}
