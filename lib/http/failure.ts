import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { databaseErrorCode } from '@/lib/database-error-code';
import { asUnavailable } from './database-errors';
import { errorResponse, internalErrorResponse } from './respond';

/** Any failure as the contract's answer; what nobody foresaw is logged under the request's id. */
export function failureResponse(error: unknown, requestId: string): Response {
  if (error instanceof AppError) return errorResponse(error);
  const unavailable = asUnavailable(error);
  log.error({ requestId, ...safeDetails(error) }, unavailable ? 'database unavailable' : 'request failed');
  return unavailable ? errorResponse(unavailable) : internalErrorResponse(requestId);
}

/**
 * What may be logged of an error. Messages of database errors (and drizzle's, which hold the parameters)
 * can carry phone numbers and secrets, so of those only the code and the frames remain.
 */
export function safeDetails(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12);
  const code = databaseErrorCode(error);
  const cause = error.cause ?? error;
  const constraint =
    typeof cause === 'object' && 'constraint_name' in cause ? cause.constraint_name : undefined;
  return code === undefined && error.cause === undefined
    ? { error: error.name, message: error.message, frames }
    : { error: error.name, code, constraint, frames };
}
