import { AppError, type AppErrorOptions, type ErrorKind } from '@/lib/errors';
import { classifyAnswer } from './classify';
import { findError } from './error-table';
import type { Exchange } from './exchange';

/** Why reading from WhatsApp failed, in words for the person who asked for it. */
export class GraphReadError extends AppError {
  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    readonly metaCode: number | null,
    options: AppErrorOptions = {},
  ) {
    super(kind, code, message, options);
  }

  static unreadable(): GraphReadError {
    const message = "WhatsApp's answer could not be read: try again in a minute.";
    return new GraphReadError('unavailable', 'whatsapp_unreadable', message, null, { retryAfterSeconds: 60 });
  }
}

/** `what` names the object that was asked for. */
export function readFailure(ended: Exchange, what: string): GraphReadError {
  if (ended.kind === 'failure') {
    const message = `WhatsApp could not be reached (${ended.code}): check this machine's network and WHATSAPP_API_URL, then try again.`;
    return new GraphReadError('unavailable', 'whatsapp_unreachable', message, null, {
      retryAfterSeconds: 30,
    });
  }
  const outcome = classifyAnswer(ended);
  if (outcome.kind === 'accepted') return GraphReadError.unreadable();
  const { code, message: said, details } = outcome.error;
  const words = details ? `${said}: ${details}` : said;
  const refused = (name: string, message: string) => new GraphReadError('invalid', name, message, code);
  if (outcome.kind === 'throttled') {
    const message = 'WhatsApp allows no more calls for now: try again in a few minutes.';
    return new GraphReadError('unavailable', 'whatsapp_rate_limited', message, code, {
      retryAfterSeconds: 300,
    });
  }
  if (isOneOf(code, [0, 104, 190])) {
    return refused(
      'whatsapp_token_invalid',
      'WhatsApp does not accept the access token of this sender: put a valid one in its settings.',
    );
  }
  if (isOneOf(code, [33, 100])) {
    return refused(
      'whatsapp_object_unknown',
      `WhatsApp knows no ${what}, or this access token may not see it: check the id and the token's permissions. WhatsApp said: ${words}`,
    );
  }
  if (code !== null && findError(code) === findError(200)) {
    return refused(
      'whatsapp_permission_missing',
      `The access token may not read ${what}: give its system user the whatsapp_business_management permission for this account.`,
    );
  }
  if (outcome.kind === 'ambiguous') return GraphReadError.unreadable();
  const metaCode = code === null ? '' : ` (code ${code})`;
  return new GraphReadError('invalid', 'whatsapp_refused', `WhatsApp said: ${words}${metaCode}`, code);
}

function isOneOf(code: number | null, codes: readonly number[]): boolean {
  return code !== null && codes.includes(code);
}
