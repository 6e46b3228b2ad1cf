import { databaseErrorCode } from '@/lib/database-error-code';
import { AppError } from '@/lib/errors';

// postgres.js's own codes and the system's, for a connection that cannot be made or was lost.
const unreachableCodes = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

// SQLSTATE: 08 connection, 53 out of resources, 57 shutdown and timeouts, 40 deadlock and serialization,
// 55P03 lock not available, 25006 read-only server. All pass by themselves.
const passingStates = /^(08|53|57|40)\w{3}$|^55P03$|^25006$/;

/** The 503 for a failure of the database that passes by itself, undefined for any other failure. */
export function asUnavailable(error: unknown): AppError | undefined {
  const code = databaseErrorCode(error);
  if (code === undefined || !(unreachableCodes.has(code) || passingStates.test(code))) return undefined;
  return new AppError('unavailable', 'unavailable', 'The database cannot be reached; try again shortly.', {
    retryAfterSeconds: 5,
  });
}

/** For a database that neither answers nor refuses: the caller is told 503. */
export function databaseSilent(): AppError {
  return new AppError('unavailable', 'unavailable', 'The database does not answer; try again shortly.', {
    retryAfterSeconds: 5,
  });
}
