import { expect, test } from 'vitest';
import type { SandboxNumber } from './state';
import { countFitting, writeEnvelope, type WebhookUpdate } from './webhook-payload';

const number = { id: '111', waba_id: '222', digits: '15550783881' } as SandboxNumber;

test('a batch stays below 3 MB, whatever the callback data, spread over changes or not', () => {
  const updates: WebhookUpdate[] = Array.from({ length: 1000 }, (_, i) => ({
    field: 'messages',
    status: { id: `wamid.${i}`, status: 'sent', biz_opaque_callback_data: '🎉'.repeat(256) },
    contact: { profile: { name: 'Zoë' }, wa_id: '14155550123' },
  }));
  const fitting = countFitting(updates, updates.length);
  expect(fitting).toBeLessThan(1000);
  expect(fitting).toBeGreaterThan(700);
  for (const spread of [true, false]) {
    expect(writeEnvelope(updates.slice(0, fitting), number, spread).length).toBeLessThan(3 * 1024 * 1024);
  }
});

test('a change for each status when spread, one for all when not; failed ones always apart', () => {
  const status = (id: string, failed = false): WebhookUpdate => ({
    field: 'messages',
    status: { id },
    failed,
  });
  const changes = (spread: boolean): unknown[] => {
    const body = writeEnvelope([status('a'), status('b', true), status('c')], number, spread);
    return (JSON.parse(body) as { entry: { changes: unknown[] }[] }).entry[0]?.changes ?? [];
  };
  expect(changes(false)).toHaveLength(2);
  expect(changes(true)).toHaveLength(3);
});
