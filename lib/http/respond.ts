import type { AppError, ErrorKind, Issue } from '@/lib/errors';

const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
};

/** The contract names the first hundred wrong places. */
export const maxIssues = 100;

/** A JSON answer, `Cache-Control: no-store`. */
export function json(status: number, body: unknown, headers?: HeadersInit): Response {
  const all = new Headers(headers);
  if (!all.has('Cache-Control')) all.set('Cache-Control', 'no-store');
  return Response.json(body, { status, headers: all });
}

/** The error body of the contract. */
export interface ErrorBody {
  success: false;
  error: { code: string; message: string; issues: Issue[] };
}

/** An AppError as the contract's answer. */
export function errorResponse(error: AppError): Response {
  const headers = new Headers();
  const comesAgain = error.kind === 'rate_limited' || error.kind === 'unavailable';
  const retryAfterSeconds = error.retryAfterSeconds ?? (comesAgain ? 5 : undefined);
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(Math.ceil(retryAfterSeconds)));
  if (error.kind === 'unauthenticated') headers.set('WWW-Authenticate', 'Bearer realm="herald"');
  const body: ErrorBody = {
    success: false,
    error: { code: error.code, message: error.message, issues: error.issues.slice(0, maxIssues) },
  };
  return json(statusOf[error.kind], body, headers);
}

/** For a failure nobody foresaw: nothing of it is told outside, the request id leads to the log. */
export function internalErrorResponse(requestId: string): Response {
  const body: ErrorBody = {
    success: false,
    error: {
      code: 'internal_error',
      message: `Something went wrong on our side; the log has it under request ${requestId}.`,
      issues: [],
    },
  };
  return json(500, body);
}
