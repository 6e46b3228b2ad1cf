import { webhookStatuses } from '@/lib/metrics';
import { createBatcher } from './batcher';
import type { KnownSender } from './known-senders';
import { parkWebhooks, type Parked } from './park';
import { readStatus } from './status-schema';
import { writeReceipts, type QueuedReceipt } from './write-receipts';

/** Statuses of concurrent webhooks share a statement: row by row they would cost ten times as much. */
const enqueueReceipts = createBatcher<QueuedReceipt>({
  write: writeReceipts,
  waitMs: 25,
  maxRows: 500,
  concurrency: 2,
  maxWaitingRows: 20_000,
});

/** Applies `statuses[]` of a change for one sender; resolves when they are committed. */
export async function receiveStatuses(statuses: readonly unknown[], sender: KnownSender): Promise<void> {
  const { workspaceId, id: senderId } = sender;
  const receipts: QueuedReceipt[] = [];
  const malformed: Parked[] = [];
  let ignored = 0;
  for (const raw of statuses) {
    const status = readStatus(raw);
    if (status.kind === 'receipt')
      receipts.push({ receipt: { workspaceId, senderId, ...status.receipt }, raw });
    else if (status.kind === 'malformed')
      malformed.push({ workspaceId, senderId, reason: status.reason, raw });
    else ignored += 1;
  }
  if (ignored > 0) webhookStatuses.inc({ result: 'ignored' }, ignored);
  await Promise.all([enqueueReceipts(receipts), parkWebhooks(malformed)]);
}
