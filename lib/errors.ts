/** What the API answers for each kind of failure; the HTTP status follows from it in lib/http only. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable';

export interface Issue {
  /** Where: `recipients[3].phone_number`. */
  path: string;
  message: string;
}

export interface AppErrorOptions {
  issues?: Issue[];
  /** With `rate_limited` and `unavailable`: when to come again, seconds. */
  retryAfterSeconds?: number;
}

/** A failure the caller can do something about. The message is one sentence a person can act on. */
export class AppError extends Error {
  readonly issues: Issue[];
  readonly retryAfterSeconds?: number;

  constructor(
    readonly kind: ErrorKind,
    /** snake_case, part of the contract. */
    readonly code: string,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message);
    this.name = 'AppError';
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The same for another workspace's id as for one that never existed. */
export function notFound(what: string): AppError {
  return new AppError('not_found', 'not_found', `There is no such ${what}.`);
}
