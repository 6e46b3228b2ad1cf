import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Env, parseEnv, SettingsError } from '@/lib/env';
import { keepSecret, makeDataFolder, readRunning } from './data-folder';

export { SettingsError };
export type ProcessName = 'web' | 'worker' | 'sandbox' | 'migrate';

const PLACEHOLDERS = { AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };
const SECRETS = ['DATABASE_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'METRICS_TOKEN'];

/**
 * The settings of this machine: `.env` where the environment says nothing, and, with the embedded database, the
 * secrets kept in the data folder. Throws SettingsError.
 */
export function readSettings(): Env {
  readDotEnv();
  if (process.env.DATABASE_URL?.trim()) return parseEnv(process.env);
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
  // Everything else is checked before a folder or a secret is made.
  const dataDir = path.resolve(parseEnv({ ...PLACEHOLDERS, ...given }).dataDir);
  makeDataFolder(dataDir);
  return parseEnv({
    ...given,
    DATA_DIR: dataDir,
    AUTH_SECRET: given.AUTH_SECRET ?? keepSecret(dataDir, 'auth-secret', makeKey),
    ENCRYPTION_KEY: given.ENCRYPTION_KEY ?? keepSecret(dataDir, 'encryption-key', makeKey),
  });
}

/**
 * Completes process.env for one process: the settings, and the address of the embedded database that
 * `npm start` is running. Throws SettingsError.
 */
export function loadProcessSettings(name: ProcessName): void {
  if (name === 'sandbox') {
    loadSandboxSettings();
    return;
  }
  const env = readSettings();
  const databaseUrl = env.databaseUrl ?? readRunning(env.dataDir)?.databaseUrl;
  if (databaseUrl === undefined) {
    throw new SettingsError(
      `No database: keep \`npm start\` running on the data folder ${env.dataDir}, or set DATABASE_URL.`,
    );
  }
  Object.assign(process.env, writeSettings({ ...env, databaseUrl }), { HERALD_PROCESS: name });
}

/** The sandbox is the other side of the wire: it is told where to listen, and none of our secrets. */
function loadSandboxSettings(): void {
  readDotEnv();
  const { AUTH_SECRET: _auth, ENCRYPTION_KEY: _key, ...rest } = process.env;
  const env = parseEnv({ ...rest, ...PLACEHOLDERS });
  if (!env.sandbox) throw new SettingsError('The sandbox is off here: set SANDBOX=1 to run it.');
  Object.assign(process.env, writeSettings(env));
  for (const secret of SECRETS) Reflect.deleteProperty(process.env, secret);
}

function readDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

function makeKey(): string {
  return randomBytes(32).toString('base64');
}

/** The settings written out again, for a process started with them. */
export function writeSettings(env: Env): Record<string, string> {
  return {
    PORT: String(env.port),
    HOST: env.host,
    DATA_DIR: env.dataDir,
    AUTH_SECRET: env.authSecret,
    ENCRYPTION_KEY: env.encryptionKey.toString('base64'),
    WHATSAPP_API_URL: env.whatsappApiUrl,
    WHATSAPP_API_VERSION: env.whatsappApiVersion,
    SANDBOX: env.sandbox ? '1' : '0',
    SANDBOX_PORT: String(env.sandboxPort),
    LOG_LEVEL: env.logLevel,
    MAX_UPLOAD_MB: String(env.maxUploadBytes / 1024 / 1024),
    PUBLIC_URL: env.publicUrl,
    TRUST_PROXY: env.trustProxy ? '1' : '0',
    ...(env.databaseUrl === undefined ? {} : { DATABASE_URL: env.databaseUrl }),
    ...(env.webhookPrivateNetworks.length === 0
      ? {}
      : { WEBHOOK_PRIVATE_NETWORKS: env.webhookPrivateNetworks.join(',') }),
    ...(env.metricsToken === undefined ? {} : { METRICS_TOKEN: env.metricsToken }),
  };
}
