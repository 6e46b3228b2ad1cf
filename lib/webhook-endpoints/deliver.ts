import type { Attempted, ClaimedDelivery } from './queue';
import type { Poster } from './post';
import { openSigningSecret } from './secrets';
import { signatureHeaders } from './signature';

const GONE = 410;

/** One attempt at a delivery that was claimed, signed for its time. Never throws. */
export async function attemptDelivery(delivery: ClaimedDelivery, poster: Poster): Promise<Attempted> {
  const at = new Date();
  const place = { workspaceId: delivery.workspaceId, id: delivery.endpointId };
  const secret = openSigningSecret(place, delivery.secretSealed);
  if (secret === null) {
    const error = 'The stored secret cannot be read with the present ENCRYPTION_KEY: rotate the secret.';
    return { at: at.toISOString(), status: null, duration_ms: 0, error, answer: '', gone: false };
  }
  const old = delivery.oldSecretSealed && openSigningSecret(place, delivery.oldSecretSealed);
  const { body } = delivery;
  const message = { id: messageId(delivery.eventId), timestamp: Math.floor(at.getTime() / 1_000), body };
  const posted = await poster.post(
    delivery.url,
    signatureHeaders(message, old ? [secret, old] : [secret]),
    body,
  );
  return {
    at: at.toISOString(),
    status: posted.status,
    duration_ms: posted.durationMs,
    error: posted.error,
    answer: posted.answer,
    gone: posted.status === GONE,
  };
}

/** The header webhook-id: of the event, so that every attempt and every endpoint has the same. */
export function messageId(eventId: string): string {
  return `msg_${eventId}`;
}
