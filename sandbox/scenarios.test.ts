import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SCENARIOS } from './scenarios';
import { startHarness, type Answer, type Harness } from './testing/harness';
import type { ReceivedStatus } from './testing/receiver';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.close());

let area = 200;
/** A recipient nobody else in this file writes to, ending in the digits. */
const recipient = (digits: string): string => `+1${++area}555${digits}`;

interface LedgerLine {
  to: string;
  taken: boolean;
  code: number;
  answer: string;
  wamid: string | null;
}

async function ledgerOf(to: string): Promise<LedgerLine[]> {
  const answer = await h.admin('GET', `ledger?to=${encodeURIComponent(to)}`);
  return answer.body.entries as unknown as LedgerLine[];
}

async function wamidOf(to: string): Promise<string> {
  const taken = (await ledgerOf(to)).filter((line) => line.taken);
  expect(taken).toHaveLength(1);
  return taken[0]?.wamid ?? '';
}

const statusesOf = (wamid: string): ReceivedStatus[] => h.receiver.statuses().filter((s) => s.id === wamid);

/** Waits until the message has been reported on, then gives the kinds in the order they came. */
async function reported(to: string, count: number): Promise<string[]> {
  const wamid = await wamidOf(to);
  await vi.waitFor(() => expect(statusesOf(wamid).length).toBeGreaterThanOrEqual(count), { timeout: 5000 });
  return h.receiver.statusesOf(wamid);
}

/** Nothing is scheduled any more, and nothing on its way. */
async function settled(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { body } = await h.admin('GET', `ledger?summary=1&phone_number_id=${h.number.phone_number_id}`);
      expect(body.statuses?.pending).toBe(0);
    },
    { timeout: 5000 },
  );
}

describe('taken and answered', () => {
  test('any other number is sent, delivered, read', async () => {
    const to = recipient('4242');
    expect((await h.send(to)).status).toBe(200);
    expect(await reported(to, 3)).toEqual(['sent', 'delivered', 'read']);
  });

  test.each([
    ['0001', 131026],
    ['0004', 131049],
    ['0015', 131050],
    ['0033', 131053],
  ])('…%s is taken, then failed with %i', async (digits, code) => {
    const to = recipient(digits);
    expect((await h.send(to)).status).toBe(200);
    expect(await reported(to, 1)).toEqual(['failed']);
    expect(statusesOf(await wamidOf(to))[0]?.errors?.[0]?.code).toBe(code);
  });

  test('…0003 is delivered, never read', async () => {
    const to = recipient('0003');
    await h.send(to);
    await reported(to, 2);
    await settled();
    expect(h.receiver.statusesOf(await wamidOf(to))).toEqual(['sent', 'delivered']);
  });

  test('…0011 is taken and nothing is ever reported', async () => {
    const to = recipient('0011');
    expect((await h.send(to)).status).toBe(200);
    await settled();
    expect(statusesOf(await wamidOf(to))).toEqual([]);
  });

  test('…0012 is reported before it is answered', async () => {
    const to = recipient('0012');
    const answer = await h.send(to);
    const wamid = (answer.body.messages as unknown as { id: string }[])[0]?.id ?? '';
    expect(h.receiver.statusesOf(wamid)).toContain('sent');
  });

  test('…0018 is held, then released', async () => {
    const to = recipient('0018');
    const answer = await h.send(to);
    expect(answer.body.messages).toMatchObject([{ message_status: 'held_for_quality_assessment' }]);
    expect(await reported(to, 3)).toEqual(['sent', 'delivered', 'read']);
  });

  test('…0034 is held, then fails with 132015', async () => {
    const to = recipient('0034');
    expect((await h.send(to)).body.messages).toMatchObject([
      { message_status: 'held_for_quality_assessment' },
    ]);
    expect(await reported(to, 1)).toEqual(['failed']);
    expect(statusesOf(await wamidOf(to))[0]?.errors?.[0]?.code).toBe(132015);
  });

  test('…0019 is reported both delivered and failed', async () => {
    const to = recipient('0019');
    await h.send(to);
    expect((await reported(to, 3)).sort()).toEqual(['delivered', 'failed', 'sent']);
  });

  test('…0020 is read before delivered, and sent last', async () => {
    const to = recipient('0020');
    await h.send(to);
    expect(await reported(to, 3)).toEqual(['read', 'delivered', 'sent']);
  });

  test('…0023 is reported twice over', async () => {
    const to = recipient('0023');
    await h.send(to);
    expect((await reported(to, 6)).sort()).toEqual([
      'delivered',
      'delivered',
      'read',
      'read',
      'sent',
      'sent',
    ]);
  });

  test('…0026 comes without callback data, …0032 without recipient_id', async () => {
    const [silent, nameless] = [recipient('0026'), recipient('0032')];
    await Promise.all([h.send(silent), h.send(nameless)]);
    await reported(silent, 3);
    await reported(nameless, 3);
    for (const status of statusesOf(await wamidOf(silent)))
      expect(status.biz_opaque_callback_data).toBeUndefined();
    for (const status of statusesOf(await wamidOf(nameless))) {
      expect(status.recipient_id).toBeUndefined();
      expect(status.biz_opaque_callback_data).toBe(`data-${nameless}`);
    }
  });
});

describe('refused', () => {
  test.each([
    ['0002', 400, 131026],
    ['0010', 400, 130472],
    ['0027', 500, 131000],
    ['0035', 400, 131030],
  ])('…%s is refused with HTTP %i and code %i, and not taken', async (digits, status, code) => {
    const to = recipient(digits);
    const answer = await h.send(to);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.code).toBe(code);
    expect(await ledgerOf(to)).toMatchObject([{ taken: false, code }]);
  });

  test.each([
    ['0016', [400, 400, 200, 200], 131056],
    ['0025', [400, 200], 130429],
    ['0028', [503, 200], 2],
  ])('…%s is refused first, then taken', async (digits, statuses, code) => {
    const to = recipient(digits);
    const answers: Answer[] = [];
    for (let i = 0; i < statuses.length; i++) answers.push(await h.send(to));
    expect(answers.map((answer) => answer.status)).toEqual(statuses);
    expect(answers[0]?.body.error?.code).toBe(code);
  });

  test('…0009 and …0030 are not taken, with no Graph code to go by', async () => {
    const [broken, gateway] = [recipient('0009'), recipient('0030')];
    expect((await h.send(broken)).status).toBe(500);
    const page = await h.send(gateway);
    expect(page.status).toBe(502);
    expect(page.headers['content-type']).toBe('text/html');
    expect(await ledgerOf(broken)).toMatchObject([{ taken: false, answer: 'plain_500' }]);
    expect(await ledgerOf(gateway)).toMatchObject([{ taken: false, answer: 'html_502' }]);
  });

  test('…0031 is reset and not taken', async () => {
    const to = recipient('0031');
    await expect(h.send(to)).rejects.toThrow();
    expect(await ledgerOf(to)).toMatchObject([{ taken: false, answer: 'reset' }]);
  });
});

describe('taken, but the answer is lost', () => {
  test.each([
    ['0005', 'destroy'],
    ['0017', 'truncate'],
  ])('…%s: the connection breaks, the statuses come', async (digits, how) => {
    const to = recipient(digits);
    await expect(h.send(to)).rejects.toThrow();
    expect(await ledgerOf(to)).toMatchObject([{ taken: true, answer: how }]);
    expect(await reported(to, 3)).toEqual(['sent', 'delivered', 'read']);
    expect(statusesOf(await wamidOf(to))[0]?.biz_opaque_callback_data).toBe(`data-${to}`);
  });

  test('…0006: the connection breaks and nothing is ever reported', async () => {
    const to = recipient('0006');
    await expect(h.send(to)).rejects.toThrow();
    await settled();
    expect(statusesOf(await wamidOf(to))).toEqual([]);
  });

  test('…0008 is answered with HTTP 500, the statuses come', async () => {
    const to = recipient('0008');
    expect((await h.send(to)).status).toBe(500);
    expect(await reported(to, 3)).toEqual(['sent', 'delivered', 'read']);
  });

  test('…0029 is never answered, the statuses come', async () => {
    const to = recipient('0029');
    const request = h.send(to).catch(() => 'ended with the test');
    await vi.waitFor(async () => expect(await ledgerOf(to)).toHaveLength(1));
    expect(await reported(to, 3)).toEqual(['sent', 'delivered', 'read']);
    expect(await Promise.race([request, Promise.resolve('still waiting')])).toBe('still waiting');
  });
});

describe('what people do', () => {
  const inbound = (to: string): Record<string, unknown>[] =>
    h.receiver
      .changes()
      .flatMap((change) => (change.value.messages ?? []).filter((m) => `+${m.from}` === to));

  test('…0013 writes STOP after delivery', async () => {
    const to = recipient('0013');
    await h.send(to);
    await vi.waitFor(() => expect(inbound(to)).toHaveLength(1));
    expect(inbound(to)[0]).toMatchObject({ type: 'text', text: { body: 'STOP' } });
    expect(h.receiver.statusesOf(await wamidOf(to))).toContain('delivered');
  });

  test('…0014 stops marketing in WhatsApp', async () => {
    const to = recipient('0014');
    await h.send(to);
    const preferences = (): unknown[] =>
      h.receiver
        .changes()
        .filter((c) => c.field === 'user_preferences' && JSON.stringify(c).includes(to.slice(1)));
    await vi.waitFor(() => expect(preferences()).toHaveLength(1));
    expect(preferences()[0]).toMatchObject({
      value: { user_preferences: [{ wa_id: to.slice(1), category: 'marketing_messages', value: 'stop' }] },
    });
  });

  test('…0021 presses the last quick reply, …0022 writes back in many scripts', async () => {
    const [presser, writer] = [recipient('0021'), recipient('0022')];
    await h.send(presser, {
      template: {
        name: 'spring_collection',
        language: { code: 'en_US' },
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }] },
          { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
        ],
      },
    });
    await h.send(writer);
    await vi.waitFor(() => expect([...inbound(presser), ...inbound(writer)]).toHaveLength(2));
    expect(inbound(presser)[0]).toMatchObject({
      type: 'button',
      button: { text: 'Stop promotions' },
      context: { id: await wamidOf(presser) },
    });
    expect(JSON.stringify(inbound(writer)[0])).toContain('🎉');
  });
});

test('with the digits switched off every number behaves well', async () => {
  await h.admin('POST', 'settings', { phone_number_id: h.number.phone_number_id, digits: 'off' });
  const to = recipient('0002');
  expect((await h.send(to)).status).toBe(200);
  await h.admin('DELETE', `settings?phone_number_id=${h.number.phone_number_id}`);
  expect((await h.send(to)).status).toBe(400);
});

test('a media link that cannot be reached fails with 131053 after the fact', async () => {
  const to = recipient('4300');
  const image = { link: 'https://unreachable.example.com/a.jpg' };
  const components = [
    { type: 'header', parameters: [{ type: 'image', image }] },
    { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
  ];
  await h.send(to, { template: { name: 'spring_collection', language: { code: 'en_US' }, components } });
  await reported(to, 1);
  expect(statusesOf(await wamidOf(to))[0]?.errors?.[0]?.code).toBe(131053);
});

test('marketing to the United States can be withheld, as Meta does', async () => {
  await h.admin('POST', 'settings', { us_marketing_block: true });
  const to = recipient('4301');
  await h.send(to);
  expect(await reported(to, 1)).toEqual(['failed']);
  await h.admin('POST', 'settings', { us_marketing_block: false });
});

test.each(['docs/sandbox.md', 'README.md'])('%s has the same table as the code', (file) => {
  const documented = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const rows = [...documented.matchAll(/^\| `…(\d{4})` +\| (.+?) +\|$/gm)].map((match) => [
    match[1],
    match[2],
  ]);
  expect(rows).toEqual([...SCENARIOS].map(([digits, { meaning }]) => [digits, meaning]));
});
