import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  AUTH_SECRET: z.string(),
  ENCRYPTION_KEY: z.string(),
  WHATSAPP_API_URL: z.url().default('https://graph.facebook.com'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  SANDBOX: z.enum(['0', '1']).optional(),
  SANDBOX_PORT: port.optional(),
  METRICS_TOKEN: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  MAX_UPLOAD_MB: z.coerce.number().int().min(1).default(512),
  PUBLIC_URL: z.url().optional(),
});

export interface Env {
  port: number;
  host: string;
  databaseUrl: string | undefined;
  dataDir: string;
  authSecret: string;
  /** 32 bytes. */
  encryptionKey: Buffer;
  whatsappApiUrl: string;
  whatsappApiVersion: string;
  sandbox: boolean;
  sandboxPort: number;
  metricsToken: string | undefined;
  logLevel: string;
  maxUploadBytes: number;
  /** Where people and Meta reach the web process, without a trailing slash. */
  publicUrl: string;
}

let cached: Env | undefined;

/** The settings, parsed once. */
export function getEnv(): Env {
  return (cached ??= parseEnv(process.env));
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const e = schema.parse(source);
  return {
    port: e.PORT,
    host: e.HOST,
    databaseUrl: e.DATABASE_URL,
    dataDir: e.DATA_DIR,
    authSecret: e.AUTH_SECRET,
    encryptionKey: Buffer.from(e.ENCRYPTION_KEY, 'base64'),
    whatsappApiUrl: e.WHATSAPP_API_URL.replace(/\/$/, ''),
    whatsappApiVersion: e.WHATSAPP_API_VERSION,
    sandbox: (e.SANDBOX ?? (e.DATABASE_URL ? '0' : '1')) === '1',
    sandboxPort: e.SANDBOX_PORT ?? e.PORT + 1,
    metricsToken: e.METRICS_TOKEN,
    logLevel: e.LOG_LEVEL,
    maxUploadBytes: e.MAX_UPLOAD_MB * 1024 * 1024,
    publicUrl: (e.PUBLIC_URL ?? `http://${e.HOST === '0.0.0.0' ? '127.0.0.1' : e.HOST}:${e.PORT}`).replace(
      /\/$/,
      '',
    ),
  };
}
