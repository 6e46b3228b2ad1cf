import { open, seal, SealError } from '@/lib/crypto';
import { getEnv } from '@/lib/env';

interface EndpointRow {
  workspaceId: string;
  id: string;
}

/** An endpoint's signing secret, ready for its column. The row's id must be known before it is written. */
export function sealSigningSecret(row: EndpointRow, secret: string): string {
  return seal(secret, placeOf(row), getEnv().encryptionKey);
}

/** In clear; null when no key opens it: the ENCRYPTION_KEY was changed, or the row was tampered with. */
export function openSigningSecret(row: EndpointRow, sealed: string): string | null {
  try {
    return open(sealed, placeOf(row), [getEnv().encryptionKey]);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

// The old and the new secret share a place: a rotation moves one to the other column as it is.
function placeOf({ workspaceId, id }: EndpointRow) {
  return { table: 'webhook_endpoints', column: 'secret', workspaceId, rowId: id };
}
