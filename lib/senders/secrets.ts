import type { senders } from '@/db/schema/senders';
import { open, seal, SealError, type SealedPlace } from '@/lib/crypto';
import { getEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';

export type SenderSecret = 'access_token' | 'app_secret';

type SecretRow = Pick<
  typeof senders.$inferSelect,
  'workspaceId' | 'id' | 'accessTokenSealed' | 'appSecretSealed'
>;

const SEALED_COLUMN = { access_token: 'accessTokenSealed', app_secret: 'appSecretSealed' } as const;

/** A secret of a sender, ready for its column. The row's id must be known before it is written. */
export function sealSenderSecret(
  row: Pick<SecretRow, 'workspaceId' | 'id'>,
  secret: SenderSecret,
  plaintext: string,
): string {
  return seal(plaintext, placeOf(row, secret), getEnv().encryptionKey);
}

const HINT_CHARS = 4;

/** What a person may tell a stored secret by; null where it would give away half of a short one. */
export function hintOf(plaintext: string): string | null {
  return plaintext.length >= 2 * HINT_CHARS ? plaintext.slice(-HINT_CHARS) : null;
}

/**
 * A sender's secret in clear. Throws AppError `sender_secret_unreadable` (409) when no key opens it: the
 * ENCRYPTION_KEY was changed, or the row was tampered with.
 */
export function senderSecret(row: SecretRow, secret: SenderSecret): string {
  try {
    return open(row[SEALED_COLUMN[secret]], placeOf(row, secret), [getEnv().encryptionKey]);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const what = secret === 'access_token' ? 'access token' : 'app secret';
    throw new AppError(
      'conflict',
      'sender_secret_unreadable',
      `The stored ${what} of this sender cannot be read with the present ENCRYPTION_KEY: put the former key back, or enter the ${what} again.`,
    );
  }
}

function placeOf(row: Pick<SecretRow, 'workspaceId' | 'id'>, secret: SenderSecret): SealedPlace {
  return { table: 'senders', column: secret, workspaceId: row.workspaceId, rowId: row.id };
}
