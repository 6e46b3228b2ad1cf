import { log } from '@/lib/log';
import { databaseWithinMs } from '@/lib/time-limit';
import { webhookRequests } from '@/lib/metrics';
import { applyChange } from './apply-change';
import { parseEnvelope, type Change } from './envelope';
import { findKnownSenders, type KnownSender } from './known-senders';
import { noteWebhookSeen } from './seen';
import { isSignedWith, parseSignature } from './signature';

/** 200: everything it says is committed. 401: nobody here signed it. 503: come again. */
export type WebhookStatus = 200 | 401 | 503;

/** Meta gives up on a call after some seconds; better it hears 503 from a database that hangs. */
const DEADLINE_MS = 5_000;
/** A webhook names a handful of numbers; one with more than this is not Meta's. */
const MAX_NAMES = 100;

export interface SignedWebhook {
  /** The bytes as they came: the signature is over these. */
  rawBody: Uint8Array;
  /** X-Hub-Signature-256. */
  signature: string | null;
}

/** Takes one POST of Meta's servers. Never throws; never answers 200 before the effects are on disk. */
export async function receiveWebhook(webhook: SignedWebhook): Promise<{ status: WebhookStatus }> {
  let status: WebhookStatus;
  try {
    status = await databaseWithinMs(DEADLINE_MS, receive(webhook));
  } catch (error) {
    log.error({ err: error }, 'a webhook could not be written: Meta will come again');
    status = 503;
  }
  webhookRequests.inc({ result: String(status) });
  return { status };
}

async function receive({ rawBody, signature: header }: SignedWebhook): Promise<WebhookStatus> {
  const signature = parseSignature(header);
  if (!signature) return 401;
  const changes = parseEnvelope(rawBody);
  if (!changes) return 401;
  const candidates = await findCandidates(changes);
  const signers = findSigners(candidates, rawBody, signature);
  if (signers.length === 0) {
    // A secret that cannot be read is our trouble, not the caller's: nothing of it may be lost.
    return candidates.some(({ appSecret }) => appSecret === null) ? 503 : 401;
  }
  await Promise.all(
    signers.flatMap((sender) => {
      const own = changes.filter((change) => concerns(change, sender));
      return own.length === 0
        ? []
        : [...own.map((change) => applyChange(change, sender)), noteWebhookSeen(sender)];
    }),
  );
  return 200;
}

/**
 * Those whose secret may have signed it: the senders with the number, or, where nobody has it (an account's
 * other number, or a change about the account), those with the account.
 */
async function findCandidates(changes: readonly Change[]): Promise<KnownSender[]> {
  const phoneNumberIds = [...new Set(changes.flatMap(({ phoneNumberId }) => phoneNumberId ?? []))];
  const wabaIds = [...new Set(changes.flatMap(({ wabaId }) => wabaId ?? []))];
  if (phoneNumberIds.length + wabaIds.length > MAX_NAMES) return [];
  const known = await findKnownSenders({ phoneNumberIds, wabaIds });
  const numbers = new Set(known.map(({ phoneNumberId }) => phoneNumberId));
  return known.filter((sender) =>
    changes.some(({ phoneNumberId, wabaId }) =>
      phoneNumberId !== null && numbers.has(phoneNumberId)
        ? phoneNumberId === sender.phoneNumberId
        : wabaId === sender.wabaId,
    ),
  );
}

/** The signature decides whose it is: of several workspaces that name the number, those whose secret fits. */
function findSigners(
  candidates: readonly KnownSender[],
  rawBody: Uint8Array,
  signature: Buffer,
): KnownSender[] {
  const fits = new Map<string, boolean>();
  return candidates.filter(({ appSecret }) => {
    if (appSecret === null) return false;
    const known = fits.get(appSecret) ?? isSignedWith(appSecret, rawBody, signature);
    fits.set(appSecret, known);
    return known;
  });
}

/** A change about a number concerns that number; one about the account, all of its numbers. */
function concerns({ phoneNumberId, wabaId }: Change, sender: KnownSender): boolean {
  return phoneNumberId === null ? wabaId === sender.wabaId : phoneNumberId === sender.phoneNumberId;
}
