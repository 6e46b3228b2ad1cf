import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { newSigningSecret, signatureHeaders } from '@/lib/webhook-endpoints/signature';
import { VERIFY_IN_NODE } from './verify-sample';

type Verify = (headers: Record<string, string>, body: string, secret: string) => boolean;

const folder = mkdtempSync(path.join(tmpdir(), 'herald-sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the code that receivers are shown takes what Herald signs, and nothing else', async () => {
  const file = path.join(folder, 'verify.mjs');
  writeFileSync(file, VERIFY_IN_NODE);
  const { isFromHerald } = (await import(pathToFileURL(file).href)) as { isFromHerald: Verify };
  const [secret, old] = [newSigningSecret(), newSigningSecret()];
  const body = '{"type":"webhook.test","data":"é"}';
  const now = Math.floor(Date.now() / 1_000);
  const signed = (timestamp: number) => signatureHeaders({ id: 'msg_1', timestamp, body }, [old, secret]);
  expect(isFromHerald(signed(now), body, secret)).toBe(true);
  expect(isFromHerald(signed(now), body, old)).toBe(true);
  expect(isFromHerald(signed(now), body, newSigningSecret())).toBe(false);
  expect(isFromHerald(signed(now), `${body} `, secret)).toBe(false);
  expect(isFromHerald({ ...signed(now), 'webhook-id': 'msg_2' }, body, secret)).toBe(false);
  expect(isFromHerald(signed(now - 600), body, secret)).toBe(false);
  expect(isFromHerald({}, body, secret)).toBe(false);
});

test('the documentation shows the same code', () => {
  expect(readFileSync('docs/outgoing-webhooks.md', 'utf8')).toContain(VERIFY_IN_NODE);
});
