import { describe, expect, test } from 'vitest';
import { parseEnv, SettingsError } from './env';

const secrets = {
  AUTH_SECRET: 'a-secret-that-is-at-least-32-bytes-long',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
};

function messageOf(source: Record<string, string | undefined>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseEnv', () => {
  test('the defaults are the contract’s', () => {
    expect(parseEnv(secrets)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: '.data',
      whatsappApiUrl: 'https://graph.facebook.com',
      whatsappApiVersion: 'v25.0',
      sandbox: true,
      sandboxPort: 3001,
      metricsToken: undefined,
      logLevel: 'info',
      maxUploadBytes: 512 * 1024 * 1024,
      publicUrl: 'http://127.0.0.1:3000',
      trustProxy: false,
      webhookPrivateNetworks: [],
    });
  });

  test('the sandbox is off by default with a database of one’s own, and can be asked for', () => {
    const own = { ...secrets, DATABASE_URL: 'postgres://u:p@db.example.com/herald' };
    expect(parseEnv(own).sandbox).toBe(false);
    expect(parseEnv({ ...own, SANDBOX: '1' }).sandbox).toBe(true);
    expect(parseEnv({ ...secrets, SANDBOX: '0' }).sandbox).toBe(false);
  });

  test('an empty value counts as not given', () => {
    expect(parseEnv({ ...secrets, PORT: '', DATABASE_URL: ' ', METRICS_TOKEN: '' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      metricsToken: undefined,
    });
  });

  test('addresses lose their trailing slash, and a wildcard host can still be visited', () => {
    const env = parseEnv({
      ...secrets,
      WHATSAPP_API_URL: 'http://127.0.0.1:9/',
      HOST: '0.0.0.0',
      PORT: '80',
    });
    expect(env.whatsappApiUrl).toBe('http://127.0.0.1:9');
    expect(env.publicUrl).toBe('http://127.0.0.1:80');
    expect(parseEnv({ ...secrets, HOST: '::1' }).publicUrl).toBe('http://[::1]:3000');
    expect(parseEnv({ ...secrets, PUBLIC_URL: 'https://h.example.com/' }).publicUrl).toBe(
      'https://h.example.com',
    );
  });

  test.each([
    ['PORT', 'abc', 'PORT must be a whole number from 1 to 65535; it is "abc".'],
    ['PORT', '0', 'PORT must be a whole number from 1 to 65535; it is "0".'],
    ['PORT', '1e3', 'PORT must be a whole number from 1 to 65535; it is "1e3".'],
    ['SANDBOX', 'yes', 'SANDBOX must be 0 or 1; it is "yes".'],
    ['SANDBOX_PORT', '3000', 'SANDBOX_PORT must be another port than PORT.'],
    [
      'WHATSAPP_API_URL',
      'graph.facebook.com',
      'WHATSAPP_API_URL must be an http or https address; it is "graph.facebook.com".',
    ],
    ['WHATSAPP_API_VERSION', '25', 'WHATSAPP_API_VERSION must look like v25.0; it is "25".'],
    ['MAX_UPLOAD_MB', '-1', 'MAX_UPLOAD_MB must be a whole number from 1 to 1000000; it is "-1".'],
    ['TRUST_PROXY', 'true', 'TRUST_PROXY must be 0 or 1; it is "true".'],
    [
      'WEBHOOK_PRIVATE_NETWORKS',
      '10.0.0.0/33',
      'WEBHOOK_PRIVATE_NETWORKS must be networks separated by commas, such as 127.0.0.0/8, 10.1.0.0/16; it is "10.0.0.0/33".',
    ],
  ])('%s=%s is refused in one line', (name, value, message) => {
    expect(messageOf({ ...secrets, [name]: value })).toBe(message);
  });

  test.each([
    ['LOG_LEVEL', 'loud'],
    ['HOST', 'two words'],
    ['PUBLIC_URL', 'https://h.example.com/path'],
    ['DATABASE_URL', 'mysql://u:p@h/d'],
    ['METRICS_TOKEN', 'has a space'],
    ['AUTH_SECRET', 'short'],
    ['ENCRYPTION_KEY', 'short'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ENCRYPTION_KEY', `${'!'.repeat(4)}${Buffer.alloc(32).toString('base64')}`],
  ])('%s=%s is refused by name, on one line', (name, value) => {
    const message = messageOf({ ...secrets, [name]: value });
    expect(message).toMatch(new RegExp(`^${name} must [^\\n]+\\.$`));
  });

  test('the last port has no neighbour for the sandbox', () => {
    expect(messageOf({ ...secrets, PORT: '65535' })).toMatch(/^SANDBOX_PORT must be set/);
  });

  test('a missing secret is named', () => {
    expect(messageOf({ ENCRYPTION_KEY: secrets.ENCRYPTION_KEY })).toMatch(/^AUTH_SECRET is missing/);
    expect(messageOf({ AUTH_SECRET: secrets.AUTH_SECRET })).toMatch(/^ENCRYPTION_KEY is missing/);
  });

  test('two missing secrets are named together', () => {
    expect(messageOf({})).toMatch(/^AUTH_SECRET and ENCRYPTION_KEY are missing: /);
  });

  test('a wrong secret is never repeated', () => {
    for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'METRICS_TOKEN']) {
      expect(messageOf({ ...secrets, [name]: 'canary value' })).not.toContain('canary');
    }
  });
});
