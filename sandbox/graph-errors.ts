import { escapedJson } from './escaped-json';
import { makeTraceId } from './identifiers';
import { KNOWN_ERRORS } from './known-errors';

/** A refusal in Meta's terms, not yet written down. */
export interface GraphFailure {
  code: number;
  httpStatus: number;
  /** The whole of `error.message`. */
  message: string;
  type: 'OAuthException' | 'GraphMethodException';
  details?: string;
  subcode?: number;
  isTransient?: boolean;
}

export const isFailure = (value: object): value is GraphFailure => 'httpStatus' in value;

/** A refusal by its code; what the table does not know is a plain 400. */
export function failure(code: number, details?: string, httpStatus?: number): GraphFailure {
  if (code === 190) return { ...invalidToken(), httpStatus: httpStatus ?? 401 };
  if (code === 104) return { ...missingToken(), httpStatus: httpStatus ?? 401 };
  const known = KNOWN_ERRORS.get(code) ?? { httpStatus: 400, title: 'An unknown error occurred' };
  return {
    code,
    httpStatus: httpStatus ?? known.httpStatus,
    message: `(#${code}) ${known.title}`,
    type: 'OAuthException',
    details: details ?? known.details ?? known.title,
  };
}

/** Graph's own parameter checks: everything is in the message, nothing in error_data. */
export function invalidParameter(sentence: string): GraphFailure {
  return { code: 100, httpStatus: 400, message: `(#100) ${sentence}`, type: 'OAuthException' };
}

export function missingToken(): GraphFailure {
  return {
    code: 104,
    httpStatus: 401,
    message: 'An access token is required to request this resource.',
    type: 'OAuthException',
  };
}

export function invalidToken(): GraphFailure {
  return {
    code: 190,
    httpStatus: 401,
    message: 'Invalid OAuth access token - Cannot parse access token',
    type: 'OAuthException',
  };
}

export function expiredToken(): GraphFailure {
  return {
    code: 190,
    httpStatus: 401,
    message: 'Error validating access token: Session has expired.',
    type: 'OAuthException',
    subcode: 463,
  };
}

/** Of another app's secret; the code is that of any wrong argument. */
export function invalidProof(): GraphFailure {
  return {
    code: 100,
    httpStatus: 400,
    message: 'Invalid appsecret_proof provided in the API argument',
    type: 'GraphMethodException',
  };
}

export function unknownObject(method: string, id: string): GraphFailure {
  const verb = method.toLowerCase();
  return {
    code: 100,
    httpStatus: 400,
    message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    type: 'GraphMethodException',
    subcode: 33,
  };
}

/** The body Graph answers with. */
export function errorBody(refusal: GraphFailure): string {
  return escapedJson({
    error: {
      message: refusal.message,
      type: refusal.type,
      code: refusal.code,
      ...(refusal.details ? { error_data: { messaging_product: 'whatsapp', details: refusal.details } } : {}),
      ...(refusal.subcode ? { error_subcode: refusal.subcode } : {}),
      ...(refusal.isTransient ? { is_transient: true } : {}),
      fbtrace_id: makeTraceId(),
    },
  });
}

/** `errors[]` of a failed status. */
export function statusErrors(code: number): object[] {
  const known = KNOWN_ERRORS.get(code) ?? { httpStatus: 400, title: 'An unknown error occurred' };
  return [
    {
      code,
      title: known.title,
      message: known.title,
      error_data: { details: known.details ?? known.title },
      href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
    },
  ];
}
