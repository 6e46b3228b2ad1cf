import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { inboundMessages } from '@/db/schema/webhooks';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import { attributeReplies } from '@/lib/replies/attribute';
import { recordReplies } from '@/lib/webhook-endpoints/outbox';
import type { KnownSender } from './known-senders';
import { readMessage, type InboundMessage } from './message-schema';
import { parkWebhooks } from './park';
import { isStopWord } from './stop-words';
import { storableJson } from './storable';

/**
 * Stores `messages[]` of a change, each once, with the recipient each answers, and puts whoever wrote a stop word on the
 * do-not-contact list.
 */
export async function receiveMessages(messages: readonly unknown[], sender: KnownSender): Promise<void> {
  const read = messages.map((raw) => ({ raw, message: readMessage(raw) }));
  const good = read.flatMap(({ raw, message }) => (message ? [{ raw, message }] : []));
  const bad = read.filter(({ message }) => !message);
  const { workspaceId, id: senderId } = sender;
  await parkWebhooks(bad.map(({ raw }) => ({ workspaceId, senderId, reason: 'message without an id', raw })));
  if (good.length === 0) return;
  await database().db.transaction(async (tx) => {
    // Only what is new: a replayed message must not count again, nor undo what a person has decided since.
    const stored = await storeMessages(good, sender, tx);
    const replies = await attributeReplies({ workspaceId, messageIds: stored.map(({ id }) => id) }, tx);
    const addressed = new Map(replies.map(({ messageId, phone }) => [messageId, phone]));
    // The number that wrote, and the one the answered message went to: WhatsApp may know a person by another form of
    // the number (Brazil, Mexico), or name none at all.
    const phones = stored.flatMap(({ id, phone, optsOut }) => (optsOut ? [phone, addressed.get(id)] : []));
    const reason = 'They wrote a stop word.';
    await addOptOuts(
      { workspaceId, phones: phones.filter((phone) => phone != null), source: 'stop_word', reason, senderId },
      tx,
    );
  });
}

type StoredMessage = Pick<typeof inboundMessages.$inferSelect, 'id' | 'phone' | 'kind' | 'optsOut'>;

async function storeMessages(
  messages: { raw: unknown; message: InboundMessage }[],
  { workspaceId, id: senderId }: KnownSender,
  tx: Db,
): Promise<StoredMessage[]> {
  const rows = [...new Map(messages.map((item) => [item.message.wamid, item])).values()]
    .sort((a, b) => (a.message.wamid < b.message.wamid ? -1 : 1))
    .map(({ raw, message: { at, said, ...message } }) => ({
      ...message,
      optsOut: said.some(isStopWord),
      workspaceId,
      senderId,
      raw: storableJson(raw),
      receivedAt: receivedAt(at),
    }));
  const stored = await tx.insert(inboundMessages).values(rows).onConflictDoNothing().returning({
    id: inboundMessages.id,
    phone: inboundMessages.phone,
    kind: inboundMessages.kind,
    optsOut: inboundMessages.optsOut,
  });
  // A system message is WhatsApp's word about somebody, not theirs.
  const said = stored.filter(({ kind }) => kind !== 'system');
  await recordReplies({ workspaceId, messageIds: said.map(({ id }) => id) }, tx);
  return stored;
}

/** Meta's clock where it is credible. */
function receivedAt(at: number | null) {
  return sql`CASE WHEN ${at}::float8 BETWEEN extract(epoch FROM now()) - 60 * 86400 AND extract(epoch FROM now())
    THEN to_timestamp(${at}::float8) ELSE now() END`;
}
