import { isIP } from 'node:net';
import { z } from 'zod';

/** A setting that is missing or malformed: its message is the one line a person needs to put it right. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const DEFAULT_LOG_LEVEL = 'info';

function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}

function httpUrl(error: string, allowsPath: boolean) {
  return z
    .string()
    .refine((value) => isUrl(value, ['http:', 'https:'], allowsPath), { error })
    .transform((value) => value.replace(/\/+$/, ''));
}

function isUrl(value: string, protocols: string[], allowsPath: boolean): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const pathIsRight = allowsPath || (url.pathname === '/' && !url.search && !url.hash && !url.username);
  return protocols.includes(url.protocol) && url.hostname !== '' && pathIsRight;
}

function flag() {
  return z.enum(['0', '1'], { error: 'must be 0 or 1' }).transform((value) => value === '1');
}

/** Comma-separated networks in CIDR notation. */
function networks() {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((list) => list.every(isNetwork), {
      error: 'must be networks separated by commas, such as 127.0.0.0/8, 10.1.0.0/16',
    });
}

function isNetwork(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

/** The bytes of a 32-byte key written as base64, else undefined. */
function decodeKey(value: string): Buffer | undefined {
  const bytes = Buffer.from(value, 'base64');
  const isCanonical = bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '');
  return bytes.length === 32 && isCanonical ? bytes : undefined;
}

const port = () => wholeNumber(1, 65_535);
const MISSING_WHY = 'with DATABASE_URL set it must be given (make one with: openssl rand -base64 32)';
const MISSING_SECRET = `is missing: ${MISSING_WHY}`;
const KEY_FORM = 'must be 32 bytes in base64 (make one with: openssl rand -base64 32)';

const schema = z.object({
  PORT: port().default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, { error: 'must be a host name or an IP address, such as 127.0.0.1' })
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine((value) => isUrl(value, ['postgres:', 'postgresql:'], true), {
      error: 'must be a PostgreSQL address, such as postgres://user:password@host:5432/database',
    })
    .optional(),
  DATA_DIR: z.string().default('.data'),
  AUTH_SECRET: z.string({ error: MISSING_SECRET }).refine((value) => Buffer.byteLength(value) >= 32, {
    error: 'must be at least 32 bytes long (make one with: openssl rand -base64 32)',
  }),
  ENCRYPTION_KEY: z.string({ error: MISSING_SECRET }).transform((value, context) => {
    const bytes = decodeKey(value);
    if (bytes) return bytes;
    context.addIssue({ code: 'custom', message: KEY_FORM });
    return z.NEVER;
  }),
  WHATSAPP_API_URL: httpUrl('must be an http or https address', true).default('https://graph.facebook.com'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, { error: 'must look like v25.0' })
    .default('v25.0'),
  SANDBOX: flag().optional(),
  SANDBOX_PORT: port().optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must be printable characters without spaces' })
    .optional(),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default(DEFAULT_LOG_LEVEL),
  MAX_UPLOAD_MB: wholeNumber(1, 1_000_000).default(512),
  PUBLIC_URL: httpUrl(
    'must be the http or https address people reach Herald at, without a path, such as https://herald.example.com',
    false,
  ).optional(),
  TRUST_PROXY: flag().default(false),
  WEBHOOK_PRIVATE_NETWORKS: networks().optional(),
});

/** Values that must not be repeated on a screen or in a log, not even to say that they are wrong. */
const SECRET_NAMES = new Set(['DATABASE_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'METRICS_TOKEN']);

/** Every setting's name; the values are checked by parseEnv. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

export interface Env {
  port: number;
  host: string;
  databaseUrl: string | undefined;
  dataDir: string;
  authSecret: string;
  /** 32 bytes. */
  encryptionKey: Buffer;
  /** Without a trailing slash. */
  whatsappApiUrl: string;
  whatsappApiVersion: string;
  sandbox: boolean;
  sandboxPort: number;
  metricsToken: string | undefined;
  logLevel: string;
  maxUploadBytes: number;
  /** Where people and Meta reach the web process, without a trailing slash. */
  publicUrl: string;
  /** Whether X-Forwarded-* headers come from a proxy that this process may believe. */
  trustProxy: boolean;
  /** CIDR: where outgoing webhooks may go although it is not public, and without TLS. */
  webhookPrivateNetworks: string[];
}

let cached: Env | undefined;

/** The settings, parsed once. Throws SettingsError. */
export function getEnv(): Env {
  return (cached ??= parseEnv(process.env));
}

/** LOG_LEVEL alone, for the log, which must work before and without the other settings. */
export function getLogLevel(): string {
  const level = process.env.LOG_LEVEL;
  return LOG_LEVELS.find((known) => known === level) ?? DEFAULT_LOG_LEVEL;
}

/**
 * Checks and completes the settings; an empty value counts as not given. Throws SettingsError with one line
 * that names the setting and what it should be.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(SETTING_NAMES.map((name) => [name, source[name]?.trim() || undefined]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw describeIssue(parsed.error, given);
  const e = parsed.data;
  const sandboxPort = e.SANDBOX_PORT ?? e.PORT + 1;
  if (sandboxPort > 65_535) throw new SettingsError('SANDBOX_PORT must be set: PORT + 1 is not a port.');
  if (sandboxPort === e.PORT) throw new SettingsError('SANDBOX_PORT must be another port than PORT.');
  return {
    port: e.PORT,
    host: e.HOST,
    databaseUrl: e.DATABASE_URL,
    dataDir: e.DATA_DIR,
    authSecret: e.AUTH_SECRET,
    encryptionKey: e.ENCRYPTION_KEY,
    whatsappApiUrl: e.WHATSAPP_API_URL,
    whatsappApiVersion: e.WHATSAPP_API_VERSION,
    sandbox: e.SANDBOX ?? e.DATABASE_URL === undefined,
    sandboxPort,
    metricsToken: e.METRICS_TOKEN,
    logLevel: e.LOG_LEVEL,
    maxUploadBytes: e.MAX_UPLOAD_MB * 1024 * 1024,
    publicUrl: e.PUBLIC_URL ?? `http://${reachableHost(e.HOST)}:${e.PORT}`,
    trustProxy: e.TRUST_PROXY,
    webhookPrivateNetworks: e.WEBHOOK_PRIVATE_NETWORKS ?? [],
  };
}

/** An address to reach a listening host at: the wildcard ones cannot be visited. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function describeIssue(error: z.ZodError, given: Record<string, string | undefined>): SettingsError {
  const [issue] = error.issues;
  const name = String(issue?.path[0]);
  const missing = error.issues.filter(({ message }) => message === MISSING_SECRET);
  if (issue?.message === MISSING_SECRET && missing.length > 1) {
    const names = missing.map(({ path }) => String(path[0])).join(' and ');
    return new SettingsError(`${names} are missing: ${MISSING_WHY}.`);
  }
  const value = given[name];
  const shown = value !== undefined && !SECRET_NAMES.has(name) ? `; it is "${value.slice(0, 80)}"` : '';
  return new SettingsError(`${name} ${issue?.message ?? 'is not valid'}${shown}.`);
}
