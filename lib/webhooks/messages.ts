import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { recipients } from '@/db/schema/recipients';
import { inboundMessages } from '@/db/schema/webhooks';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import { recordReplies } from '@/lib/webhook-endpoints/outbox';
import type { KnownSender } from './known-senders';
import { readMessage, type InboundMessage } from './message-schema';
import { parkWebhooks } from './park';
import { isStopWord } from './stop-words';
import { storableJson } from './storable';

/** Stores `messages[]` of a change, each once, and puts whoever wrote a stop word on the do-not-contact list. */
export async function receiveMessages(messages: readonly unknown[], sender: KnownSender): Promise<void> {
  const read = messages.map((raw) => ({ raw, message: readMessage(raw) }));
  const good = read.flatMap(({ raw, message }) => (message ? [{ raw, message }] : []));
  const bad = read.filter(({ message }) => !message);
  const { workspaceId, id: senderId } = sender;
  await parkWebhooks(bad.map(({ raw }) => ({ workspaceId, senderId, reason: 'message without an id', raw })));
  if (good.length === 0) return;
  await database().db.transaction(async (tx) => {
    const stored = await storeMessages(good, sender, tx);
    // Only what is new: a replayed message must not undo what a person has decided since.
    const stops = good.filter(({ message }) => stored.has(message.wamid) && message.said.some(isStopWord));
    await optOut(
      stops.map(({ message }) => message),
      sender,
      tx,
    );
  });
}

async function storeMessages(
  messages: { raw: unknown; message: InboundMessage }[],
  { workspaceId, id: senderId }: KnownSender,
  tx: Db,
): Promise<Set<string>> {
  const rows = [...new Map(messages.map((item) => [item.message.wamid, item])).values()]
    .sort((a, b) => (a.message.wamid < b.message.wamid ? -1 : 1))
    .map(({ raw, message: { at, said: _, ...message } }) => ({
      ...message,
      workspaceId,
      senderId,
      raw: storableJson(raw),
      receivedAt: receivedAt(at),
    }));
  const stored = await tx
    .insert(inboundMessages)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: inboundMessages.id, wamid: inboundMessages.wamid, kind: inboundMessages.kind });
  // A system message is WhatsApp's word about somebody, not theirs.
  const said = stored.filter(({ kind }) => kind !== 'system');
  await recordReplies({ workspaceId, messageIds: said.map(({ id }) => id) }, tx);
  return new Set(stored.map(({ wamid }) => wamid));
}

/** Meta's clock where it is credible. */
function receivedAt(at: number | null) {
  return sql`CASE WHEN ${at}::float8 BETWEEN extract(epoch FROM now()) - 60 * 86400 AND extract(epoch FROM now())
    THEN to_timestamp(${at}::float8) ELSE now() END`;
}

/**
 * The number that wrote, and the one the answered message went to: WhatsApp may know a person by another
 * form of the number (Brazil, Mexico), or name none at all.
 */
async function optOut(stops: InboundMessage[], sender: KnownSender, tx: Db): Promise<void> {
  if (stops.length === 0) return;
  const { workspaceId, id: senderId } = sender;
  const answered = stops.flatMap(({ contextWamid }) => contextWamid ?? []);
  const addressed =
    answered.length === 0
      ? []
      : await tx
          .select({ phone: recipients.phone })
          .from(recipients)
          .where(
            and(
              eq(recipients.workspaceId, workspaceId),
              isNotNull(recipients.wamid),
              inArray(recipients.wamid, answered),
            ),
          );
  const phones = [...stops.flatMap(({ phone }) => phone ?? []), ...addressed.map(({ phone }) => phone)];
  const reason = 'They wrote a stop word.';
  await addOptOuts({ workspaceId, phones, source: 'stop_word', reason, senderId }, tx);
}
