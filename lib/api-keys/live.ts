import { and, gt, isNull, or, sql } from 'drizzle-orm';
import { apiKeys } from '@/db/schema/accounts';

/** A key that opens something now: neither revoked nor expired, on the database's clock. */
export const isLiveKey = and(
  isNull(apiKeys.revokedAt),
  or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
);
