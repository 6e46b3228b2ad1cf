import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { getLogLevel } from './env';

const REMOVED = '[removed]';
/** Deeper than anything worth logging; also the end of a circle. */
const MAX_DEPTH = 6;

// Field names whose values are a secret, a person's number or a message, wherever they stand.
const PRIVATE_FIELD =
  /token|secret|password|passwd|authorization|cookie|signature|api_?key|encryption_?key|phone(?!_?number_?id)|^(to|from|input|wa_id|waid|msisdn|text|body|params|parameters|cells|components|payload|email|profile|query|detail)$/i;

// What gives itself away inside a sentence: an E.164 number, a bearer or Graph token, a key or refresh token of
// ours, a JWT, a password in a URL.
const PRIVATE_TEXT: readonly [RegExp, string][] = [
  [/\+\d{7,15}\b/g, REMOVED],
  [/\bBearer\s+[^\s"']+/gi, `Bearer ${REMOVED}`],
  [/\bEAA[A-Za-z0-9]{16,}/g, REMOVED],
  [/\bhr(?:ld|t)_[\w-]{20,}/g, REMOVED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REMOVED],
  [/(\w+:\/\/[^\s:/@]*):[^\s@]+@/g, `$1:${REMOVED}@`],
];

/** A text without phone numbers and tokens. */
export function cleanText(text: string): string {
  return PRIVATE_TEXT.reduce((cleaned, [pattern, by]) => cleaned.replace(pattern, by), text);
}

function cleanError(error: Error, depth: number): Record<string, unknown> {
  // Of a database error only the code and the constraint: its detail and parameters hold the row's values.
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  return {
    type: error.name,
    message: cleanText(error.message),
    stack: error.stack && cleanText(error.stack),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) }),
  };
}

/** A copy to log, without what must not be in a log. */
function clean(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return REMOVED;
  if (value instanceof Error) return cleanError(value, depth);
  if (ArrayBuffer.isView(value)) return REMOVED;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      PRIVATE_FIELD.test(key) && item !== null && typeof item !== 'boolean'
        ? REMOVED
        : clean(item, depth + 1),
    ]),
  );
}

/** The arguments of one call, their sentences cleaned; pino would take an error's own message uncleaned. */
function cleanArguments(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args.map((arg) => (typeof arg === 'string' ? cleanText(arg) : arg));
  const error = first instanceof Error ? first : (first as { err?: unknown } | null | undefined)?.err;
  if (!(error instanceof Error) || rest.length > 0) return [first, ...rest];
  return [first instanceof Error ? { err: first } : first, cleanText(error.message)];
}

/** A structured JSON log that drops secrets, phone numbers and message texts from whatever it is given. */
export function createLog(destination?: DestinationStream): Logger {
  const logger = pino(
    {
      level: getLogLevel(),
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => value },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => clean(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          method.apply(this, cleanArguments(args) as typeof args);
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
  // A child's fields go past the formatters; children inherit this method.
  const inherited: unknown = Reflect.get(logger, 'child');
  const makeChild = inherited as (this: Logger, bindings: unknown, options?: unknown) => Logger;
  Reflect.set(logger, 'child', function child(this: Logger, bindings: unknown, options?: unknown) {
    return makeChild.call(this, clean(bindings), options);
  });
  return logger;
}

/** The process's log, on standard output. */
export const log = createLog();
