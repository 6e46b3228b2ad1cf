import { log } from '@/lib/log';
import { webhookStatuses } from '@/lib/metrics';
import { applyReceipts, type Receipt, type ReceiptFinding } from '@/lib/recipients/receipts';
import { findError } from '@/lib/whatsapp/error-table';
import { suppressesContact } from '@/lib/whatsapp/errors';
import { applyGraveReceipts } from './grave-receipts';
import { isCollision, isPoison } from './database-failure';
import { parkWebhooks } from './park';

export interface QueuedReceipt {
  receipt: Receipt;
  /** The status as it came, to be parked if it cannot be applied. */
  raw: unknown;
}

const MAX_COLLISIONS = 3;

/**
 * Writes a batch of receipts from many webhooks and commits it. A row that the database refuses is parked
 * and costs no other; a rejection means the database could not be written to, and all may come again.
 */
export async function writeReceipts(batch: readonly QueuedReceipt[]): Promise<void> {
  const grave = batch.filter(({ receipt }) => isGrave(receipt));
  const ordinary = grave.length === 0 ? batch : batch.filter(({ receipt }) => !isGrave(receipt));
  await writeWith(ordinary, applyReceipts);
  await writeWith(grave, applyGraveReceipts);
}

/** A failure that concerns more than its own row: the person's wish, the campaign or the sender. */
function isGrave({ kind, errorCode }: Receipt): boolean {
  if (kind !== 'failed' || errorCode === null) return false;
  return suppressesContact(errorCode) || (findError(errorCode)?.class.startsWith('blocked') ?? false);
}

type Apply = (receipts: readonly Receipt[]) => Promise<ReceiptFinding[]>;

async function writeWith(batch: readonly QueuedReceipt[], apply: Apply, collisions = 0): Promise<void> {
  if (batch.length === 0) return;
  try {
    report(batch, await apply(batch.map(({ receipt }) => receipt)));
  } catch (error) {
    if (isCollision(error) && collisions < MAX_COLLISIONS) return writeWith(batch, apply, collisions + 1);
    if (!isPoison(error)) throw error;
    await writeAround(batch, apply, error);
  }
}

/** Halves the batch until the row at fault stands alone, and parks it. */
async function writeAround(batch: readonly QueuedReceipt[], apply: Apply, error: unknown): Promise<void> {
  const [first] = batch;
  if (first && batch.length === 1) {
    const { workspaceId, senderId } = first.receipt;
    log.error({ err: error, senderId }, 'a status could not be applied');
    await parkWebhooks([{ workspaceId, senderId, reason: 'the database refused it', raw: first.raw }]);
    return;
  }
  const middle = Math.ceil(batch.length / 2);
  await writeWith(batch.slice(0, middle), apply);
  await writeWith(batch.slice(middle), apply);
}

function report(batch: readonly QueuedReceipt[], findings: readonly ReceiptFinding[]): void {
  const strange = findings.filter(({ finding }) => finding !== 'failed');
  for (const { index, finding, campaignId } of strange) {
    webhookStatuses.inc({ result: finding });
    if (finding === 'foreign')
      log.warn(
        { senderId: batch[index]?.receipt.senderId, campaignId },
        "a status names another sender's recipient",
      );
  }
  if (batch.length > strange.length)
    webhookStatuses.inc({ result: 'applied' }, batch.length - strange.length);
}
