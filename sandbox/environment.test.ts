import { expect, test } from 'vitest';
import { parseEnvironment } from './environment';

test('the sandbox listens one port above the web process unless told otherwise', () => {
  expect(parseEnvironment({})).toEqual({ port: 3001, dataDir: '.data', apiVersion: 'v25.0' });
  expect(parseEnvironment({ PORT: '4000' }).port).toBe(4001);
  expect(parseEnvironment({ PORT: '4000', SANDBOX_PORT: '5000', DATA_DIR: '/d' })).toMatchObject({
    port: 5000,
    dataDir: '/d',
  });
});

test('a malformed setting is named in one line', () => {
  expect(() => parseEnvironment({ SANDBOX_PORT: 'http' })).toThrow(/^SANDBOX_PORT: /);
  expect(() => parseEnvironment({ WHATSAPP_API_VERSION: '25' })).toThrow(
    /^WHATSAPP_API_VERSION: must look like/,
  );
});
