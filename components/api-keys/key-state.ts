import { ROTATION_OVERLAP_HOURS, type ApiKey } from '@/lib/api-keys/schema';

export type KeyState = 'live' | 'ending' | 'expired' | 'revoked';

/** Where a key stands at `now` (ms since 1970). ending: within the day, too late to replace it. */
export function keyState(key: Pick<ApiKey, 'expires_at' | 'revoked_at'>, now: number): KeyState {
  if (key.revoked_at !== null) return 'revoked';
  if (key.expires_at === null) return 'live';
  const leftMs = Date.parse(key.expires_at) - now;
  if (leftMs <= 0) return 'expired';
  return leftMs <= ROTATION_OVERLAP_HOURS * 3_600_000 ? 'ending' : 'live';
}
