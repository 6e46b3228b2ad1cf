import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaigns, rejectedRows } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { optOuts } from '@/db/schema/webhooks';
import { AppError } from '@/lib/errors';
import { EncodingProbe } from '@/lib/recipients/encoding';
import { getTemplate } from '@/lib/templates/queries';
import { createSender, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { createCampaignFromCsv } from './create-from-csv';

async function setUp() {
  const actor = await createWorkspace();
  const sender = await createSender(actor.workspaceId, actor.userId);
  const template = await createTemplate(actor.workspaceId, sender.id);
  const upload = (csv: string | Buffer | Iterable<Buffer>, more: Record<string, string> = {}) =>
    withFile(csv, (file) =>
      createCampaignFromCsv(actor, {
        ...file,
        fields: { name: 'Autumn', template_id: String(template.id), ...more },
      }),
    );
  return { actor, sender, template, upload };
}

type File = Pick<Parameters<typeof createCampaignFromCsv>[1], 'file' | 'fileName' | 'encoding'>;

async function withFile<T>(csv: string | Buffer | Iterable<Buffer>, use: (file: File) => Promise<T>) {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-test-csv-'));
  const file = await open(path.join(directory, 'a.csv'), 'w+');
  try {
    const probe = new EncodingProbe();
    for (const chunk of typeof csv === 'string' || Buffer.isBuffer(csv) ? [Buffer.from(csv)] : csv) {
      probe.update(chunk);
      await file.write(chunk);
    }
    return await use({ file, fileName: 'people.csv', encoding: probe.encoding() });
  } finally {
    await file.close();
    await rm(directory, { recursive: true });
  }
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (error instanceof AppError) return error;
  throw new Error('it should have been refused', { cause: error });
}

/** Everything an import may write, of one workspace. */
async function stored(workspaceId: string) {
  const { db } = database();
  return {
    campaigns: await db.$count(campaigns, eq(campaigns.workspaceId, workspaceId)),
    recipients: await db.$count(recipients, eq(recipients.workspaceId, workspaceId)),
    rejected: await db.$count(rejectedRows, eq(rejectedRows.workspaceId, workspaceId)),
    counters: await db.$count(campaignCounters, eq(campaignCounters.workspaceId, workspaceId)),
  };
}
const nothing = { campaigns: 0, recipients: 0, rejected: 0, counters: 0 };

const rejectedOf = (campaignId: string) =>
  database()
    .db.select()
    .from(rejectedRows)
    .where(eq(rejectedRows.campaignId, campaignId))
    .orderBy(rejectedRows.rowNumber);

const mapping = JSON.stringify({ phone_number: 'Mobile', country_code: 'CC', body_param_1: 'First name' });

describe('an uploaded CSV', () => {
  it('becomes a draft of its valid rows; the others are noted as they were, with the reason', async () => {
    const { actor, template, upload } = await setUp();
    const { workspaceId } = actor;
    await database()
      .db.insert(optOuts)
      .values({ workspaceId, phone: '+447911000009', source: 'manual', reason: 'asked' });
    const csv = [
      'First name;Mobile;CC;Note',
      'Ana;07911 000001;GB;"said; yes"',
      'Bob;9,19877E+11;+91;',
      ';07911 000002;44;x',
      '',
      'Ana again;+447911000001;;',
      'Stopped;07911 000009;GB;',
      'Long;07911 000003;GB;a;b',
      `Short;"'+1 (202) 555-0001"`,
      'Élan;07911000004;GB;;;',
    ].join('\r\n');
    const made = await upload(csv, { mapping, attested: 'true' });
    expect(made).toMatchObject({
      success: true,
      message: 'Campaign created successfully',
      total_recipients: 3,
      rows: 8,
      imported: 3,
      invalid: 3,
      duplicates: 1,
      suppressed: 1,
    });
    const [campaign] = await database().db.select().from(campaigns).where(eq(campaigns.id, made.campaign_id));
    expect(campaign).toMatchObject({
      columns: ['First name', 'Mobile', 'CC', 'Note'],
      mapping: { body_param_1: { column: 0, text: '' } },
      totalRecipients: 3,
      importRows: 8,
      importInvalid: 3,
      importDuplicates: 1,
      importSuppressed: 1,
      listSource: 'file',
      listName: 'people.csv',
      attested: true,
    });
    expect((await getTemplate(workspaceId, template.id)).last_mapping).toMatchObject({
      phone_number: { column: 'Mobile' },
      country_code: { column: 'CC' },
    });
    const rows = await recipientsOf({ workspaceId, id: made.campaign_id });
    expect(rows.map((row) => [row.phone, ...row.cells])).toEqual([
      ['+447911000001', 'Ana', '07911 000001', 'GB', 'said; yes'],
      ['+12025550001', 'Short', '+1 (202) 555-0001', '', ''],
      ['+447911000004', 'Élan', '07911000004', 'GB', ''],
    ]);
    const left = await rejectedOf(made.campaign_id);
    expect(left.map((row) => [row.rowNumber, row.code, row.cells[0]])).toEqual([
      [3, 'invalid', 'Bob'],
      [4, 'invalid', ''],
      [6, 'duplicate', 'Ana again'],
      [7, 'suppressed', 'Stopped'],
      [8, 'invalid', 'Long'],
    ]);
    expect(left.map((row) => row.reason)).toEqual([
      expect.stringContaining('Mobile: Excel shortened this number'),
      expect.stringContaining('First name: This is empty'),
      expect.stringContaining('further up'),
      expect.stringContaining('do-not-contact'),
      expect.stringContaining('5 columns, the header has 4'),
    ]);
  });

  it('without a mapping is read by the columns’ own names', async () => {
    const { upload } = await setUp();
    const made = await upload('Phone_Number,BODY_PARAM_1\n0501234567,Ana\n', { default_country: 'sa' });
    expect(made).toMatchObject({ imported: 1, invalid: 0 });
  });

  it.each([
    ['windows-1252', Buffer.from('phone_number,body_param_1\n+12025550001,Jos\xe9\n', 'latin1')],
    ['utf-16', Buffer.from('\ufeffphone_number\tbody_param_1\n+12025550001\tJosé\n', 'utf16le')],
    ['utf-8 with a mark', Buffer.from('\ufeffphone_number,body_param_1\n+12025550001,José\n')],
  ])('in %s keeps its letters', async (_, bytes) => {
    const { actor, upload } = await setUp();
    const made = await upload(bytes);
    const [row] = await recipientsOf({ workspaceId: actor.workspaceId, id: made.campaign_id });
    expect(row?.cells).toEqual(['+12025550001', 'José']);
  });

  it('leaves a number out that came in an earlier batch', async () => {
    const { upload } = await setUp();
    const rows = Array.from(
      { length: 11_000 },
      (_, i) => `+1202555${String(i % 5_500).padStart(4, '0')},P${i}`,
    );
    const made = await upload(`phone_number,body_param_1\n${rows.join('\n')}`);
    expect(made).toMatchObject({ rows: 11_000, imported: 5_500, duplicates: 5_500 });
    const left = await rejectedOf(made.campaign_id);
    expect(left.map((row) => row.rowNumber)).toEqual(Array.from({ length: 5_500 }, (_, i) => i + 5_502));
  });

  it('of one workspace knows nothing of the other’s numbers, opt-outs and templates', async () => {
    const [mine, theirs] = [await setUp(), await setUp()];
    const csv = 'phone_number,body_param_1\n+12025550001,Ana\n';
    await database().db.insert(optOuts).values({
      workspaceId: theirs.actor.workspaceId,
      phone: '+12025550001',
      source: 'manual',
      reason: 'asked',
    });
    expect(await mine.upload(csv)).toMatchObject({ imported: 1, suppressed: 0 });
    expect(await mine.upload(csv)).toMatchObject({ imported: 1, duplicates: 0 });
    const foreigners: Record<string, string>[] = [
      { template_id: String(theirs.template.id) },
      { sender_id: theirs.sender.id },
      { user_id: theirs.actor.userId },
    ];
    for (const foreign of foreigners) {
      expect((await failure(mine.upload(csv, foreign))).kind).toBe('not_found');
    }
    expect(await stored(theirs.actor.workspaceId)).toEqual(nothing);
  });
});

describe('nothing is stored', () => {
  const good = Array.from({ length: 6_000 }, (_, i) => `+1202555${String(i).padStart(4, '0')},P${i}`);
  const head = `phone_number,body_param_1\n${good.join('\n')}\n`;

  it.each<[string, string | Buffer, string]>([
    ['when the file ends in open quotes', `${head}"+12025559999,Ana\n`, 'row 6002'],
    ['when a stray quote swallowed rows', `${head}"+1" x,Ana\n+1,"b",\n`, 'row 6002'],
    ['when a row never ends', head + 'x'.repeat(1_200_000), 'longer than a million'],
    ['when a row has 100,000 columns', head + 'x,'.repeat(100_000), '100001 columns'],
    ['when NUL bytes come', `${head}\0\n`, 'NUL'],
    ['when the letters break', Buffer.concat([Buffer.from(`${head}+1,éééé`), Buffer.from([0xff])]), 'UTF-8'],
    ['when there is only a header', 'phone_number,body_param_1\n\n , \n', 'no rows'],
    ['when there are only blank lines', '\n \n,\n', 'empty'],
  ])('%s', async (_, csv, words) => {
    const { actor, upload } = await setUp();
    const error = await failure(upload(csv));
    expect(error.kind).toBe('invalid');
    expect(error.message).toContain(words);
    expect(await stored(actor.workspaceId)).toEqual(nothing);
  });

  it('when no row is valid, and the first hundred rows are named', async () => {
    const { actor, upload } = await setUp();
    const rows = Array.from({ length: 7_000 }, () => '12,Ana').join('\n');
    const error = await failure(upload(`phone_number,body_param_1\n${rows}`));
    expect(error.code).toBe('no_valid_rows');
    expect(error.issues).toHaveLength(100);
    expect(error.issues[0]).toEqual({
      path: 'rows[2]',
      message: expect.stringContaining('Row 2: phone_number:') as string,
    });
    expect(await stored(actor.workspaceId)).toEqual(nothing);
  });

  it('when the mapping is wrong: the answer names the column and those there are', async () => {
    const { actor, upload } = await setUp();
    const error = await failure(upload('Handy,Vorname\n+12025550001,Ana\n', { mapping }));
    expect(error.issues.map(({ path }) => path)).toEqual([
      'mapping.phone_number',
      'mapping.country_code',
      'mapping.body_param_1',
    ]);
    expect(error.issues[0]?.message).toContain('“Handy”, “Vorname”');
    expect(await stored(actor.workspaceId)).toEqual(nothing);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a country that is none', { default_country: 'XX' }, 'default_country'],
    ['a mapping that is no JSON', { mapping: '{' }, 'mapping'],
    ['a mapping that is a list', { mapping: '["a"]' }, 'mapping'],
    ['a template id that is no number', { template_id: 'one' }, 'template_id'],
    ['no name', { name: ' ' }, 'name'],
    ['a field nobody knows', { workspace_id: 'x' }, 'workspace_id'],
  ])('for %s', async (_, fields, at) => {
    const { upload } = await setUp();
    const error = await failure(upload('phone_number,body_param_1\n+12025550001,Ana\n', fields));
    expect(error.kind).toBe('invalid');
    expect(error.issues.map((issue) => issue.path)).toEqual([at]);
  });
});

it('100,000 rows go in in bounded memory, the event loop free meanwhile', async () => {
  const { upload } = await setUp();
  const count = 100_000;
  function* file() {
    yield Buffer.from('phone_number,body_param_1,city,note\n');
    for (let start = 0; start < count; start += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, i) => {
        const n = start + i;
        return `"+1202${String(n).padStart(7, '0')}",Person ${n},"Springfield, US",${'note '.repeat(20)}\r\n`;
      });
      yield Buffer.from(rows.join(''));
    }
  }
  let longestMs = 0;
  let peakBytes = 0;
  let last = performance.now();
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss - before);
  }, 5);
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const made = await upload(file());
  clearInterval(watch);
  const cpu = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - start) / 1000;
  console.info(
    `100,000 rows: ${seconds.toFixed(1)} s (${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of CPU here), ${Math.round(peakBytes / 1e6)} MB more, loop blocked ${Math.round(longestMs)} ms at most`,
  );
  expect(made).toMatchObject({ rows: count, imported: count, invalid: 0, duplicates: 0, suppressed: 0 });
  expect(peakBytes).toBeLessThan(250e6);
  expect(longestMs).toBeLessThan(2_000);
}, 90_000);

describe('a CSV with several messages', () => {
  async function setUpTwo() {
    const t = await setUp();
    const warm = await createTemplate(t.actor.workspaceId, t.sender.id, {
      name: 'warm',
      components: [{ type: 'BODY', text: 'Dear {{1}}, {{2}}', example: { body_text: [['Ana', 'x']] } }],
    });
    return { ...t, warm };
  }

  it('shares the mapping, fills what a message says itself, and stores rows that are right for all', async () => {
    const { actor, template, warm, upload } = await setUpTwo();
    const lines = Array.from(
      { length: 30 },
      (_, i) => `+1202555${1000 + i},Person ${i},${i === 4 ? '' : 'hello'}`,
    );
    const variants = [
      { template_id: template.id, share: 50 },
      { template_id: warm.id, share: 50, mapping: { body_param_2: 'Greeting' } },
    ];
    const made = await upload(['Phone,Name,Greeting', ...lines].join('\n'), {
      mapping: JSON.stringify({ phone_number: 'Phone', body_param_1: 'Name' }),
      variants: JSON.stringify(variants),
    });
    // The row without a greeting is right for A: it is left out all the same, or the groups would not be alike.
    expect(made).toMatchObject({ rows: 30, imported: 29, invalid: 1 });
    const [campaign] = await database()
      .db.select()
      .from(campaigns)
      .where(eq(campaigns.workspaceId, actor.workspaceId));
    if (!campaign) throw new Error('no campaign');
    expect(campaign.mapping).toEqual({ body_param_1: { column: 1, text: '' } });
    expect(campaign.variants).toEqual([
      { template_id: template.id, share: 50, mapping: { body_param_1: { column: 1, text: '' } } },
      {
        template_id: warm.id,
        share: 50,
        mapping: { body_param_1: { column: 1, text: '' }, body_param_2: { column: 2, text: '' } },
      },
    ]);
    const variantsOfRows = (await recipientsOf(campaign)).map(({ variant }) => variant);
    expect(new Set(variantsOfRows)).toEqual(new Set([1, 2]));
    const [rejected] = await database()
      .db.select()
      .from(rejectedRows)
      .where(eq(rejectedRows.campaignId, campaign.id));
    expect(rejected?.reason).toMatch(/^Message B: Greeting: /);
  });

  it('lets each message say all that fills it, and remembers that with the template of each', async () => {
    const { actor, template, warm, upload } = await setUpTwo();
    const lines = Array.from({ length: 30 }, (_, i) => `+1202555${1000 + i},Person ${i},hello`);
    const phone_number = { column: 'Phone' };
    const filling = [
      { body_param_1: { column: 'Greeting' } },
      { body_param_1: { column: 'Name' }, body_param_2: { text: 'bye' } },
      { body_param_1: { column: 'Name' } },
    ];
    await upload(['Phone,Name,Greeting', ...lines].join('\n'), {
      mapping: JSON.stringify({ phone_number }),
      variants: JSON.stringify([
        { template_id: template.id, share: 34, mapping: filling[0] },
        { template_id: warm.id, share: 33, mapping: filling[1] },
        { template_id: template.id, share: 33, mapping: filling[2] },
      ]),
    });
    const [campaign] = await database()
      .db.select()
      .from(campaigns)
      .where(eq(campaigns.workspaceId, actor.workspaceId));
    expect(campaign?.variants?.map(({ mapping }) => mapping)).toEqual([
      { body_param_1: { column: 2, text: '' } },
      { body_param_1: { column: 1, text: '' }, body_param_2: { column: null, text: 'bye' } },
      { body_param_1: { column: 1, text: '' } },
    ]);
    for (const [i, { id }] of [template, warm].entries())
      expect((await getTemplate(actor.workspaceId, id)).last_mapping).toEqual({
        phone_number,
        ...filling[i],
      });
  });

  it('names the message whose columns are wrong, and fields that are no test', async () => {
    const { template, warm, upload } = await setUpTwo();
    const csv = 'phone_number,body_param_1\n+12025550100,Ana\n+12025550101,Ben\n';
    const two = [
      { template_id: template.id, share: 50 },
      { template_id: warm.id, share: 50 },
    ];
    expect(await failure(upload(csv, { variants: JSON.stringify(two) }))).toMatchObject({
      code: 'mapping_invalid',
      issues: [{ path: 'variants[1].mapping.body_param_2' }],
    });
    const uneven = JSON.stringify(two.map((variant) => ({ ...variant, share: 40 })));
    const refused = await failure(upload(csv, { variants: uneven }));
    expect(refused).toMatchObject({ kind: 'invalid', issues: [{ path: 'variants' }] });
    expect(refused.message).toContain('The shares must add up to 100.');
    const holdback = JSON.stringify({ percent: 20, decide_by: 'read', after_minutes: 30 });
    expect(await failure(upload(csv, { holdback }))).toMatchObject({ issues: [{ path: 'holdback' }] });
  });
});
