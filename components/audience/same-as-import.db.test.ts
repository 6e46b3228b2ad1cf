import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { rejectedRows } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { optOuts } from '@/db/schema/webhooks';
import { createCampaignFromCsv } from '@/lib/intake/create-from-csv';
import { EncodingProbe } from '@/lib/recipients/encoding';
import { getTemplate } from '@/lib/templates/queries';
import { createSender, createTemplate, createWorkspace } from '@/tests/support/rows';
import { AudienceEngine } from './audience-engine';
import type { AudienceRules, CellEdit } from './types';

const SUPPRESSED = '+4915112345678';
const mapping = {
  phone_number: { column: 'Mobile' },
  country_code: { column: 'CC', text: '' },
  body_param_1: { column: 'First name' },
  body_param_2: { column: 'Code', text: 'none' },
};

async function setUp() {
  const actor = await createWorkspace();
  const { workspaceId } = actor;
  const sender = await createSender(workspaceId, actor.userId);
  const { id } = await createTemplate(workspaceId, sender.id, {
    components: [{ type: 'BODY', text: 'Hello {{1}}, {{2}}.', example: { body_text: [['Ana', 'A1']] } }],
  });
  await database()
    .db.insert(optOuts)
    .values({ workspaceId, phone: SUPPRESSED, source: 'manual', reason: 'asked' });
  const template = await getTemplate(workspaceId, id);
  const rules: AudienceRules = { parameters: template.parameters, mapping, defaultCountry: 'DE' };
  return { actor, template, rules };
}

/** The same again, but for the second value, which may not be empty there. */
const second = { body_param_2: { column: 'Code' } };
const twoOf = (template_id: number) => [
  { template_id, share: 50 },
  { template_id, share: 50, mapping: second },
];

type World = Awaited<ReturnType<typeof setUp>>;

/** What the import does with the bytes of a file. */
async function imported({ actor, template, rules }: World, bytes: Buffer) {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-test-audience-'));
  const file = await open(path.join(directory, 'a.csv'), 'w+');
  try {
    await file.write(bytes);
    const probe = new EncodingProbe();
    probe.update(bytes);
    const fields = {
      name: 'Same',
      template_id: String(template.id),
      default_country: 'DE',
      mapping: JSON.stringify(mapping),
      variants: rules.others ? JSON.stringify(twoOf(template.id)) : '',
    };
    const upload = { file, fileName: 'a.csv', encoding: probe.encoding(), fields };
    const { campaign_id: campaignId, rows } = await createCampaignFromCsv(actor, upload);
    const { db } = database();
    const left = await db
      .select({
        row: rejectedRows.rowNumber,
        code: rejectedRows.code,
        cells: rejectedRows.cells,
        reason: rejectedRows.reason,
      })
      .from(rejectedRows)
      .where(eq(rejectedRows.campaignId, campaignId))
      .orderBy(asc(rejectedRows.rowNumber));
    const taken = await db
      .select({ to: recipients.phone, cells: recipients.cells })
      .from(recipients)
      .where(eq(recipients.campaignId, campaignId))
      .orderBy(asc(recipients.id));
    return { rows, taken, left };
  } finally {
    await file.close();
    await rm(directory, { recursive: true });
  }
}

/** What the check before it says of the same bytes, in the import's words. */
async function checked({ rules }: World, bytes: Buffer, edits: readonly CellEdit[] = []) {
  const engine = new AudienceEngine();
  await engine.read({ source: new File([bytes as BlobPart], 'a.csv'), options: { edits } }, () => undefined);
  await engine.check(rules);
  const { id } = engine.takeUnasked(100_000);
  engine.answerUnasked({ id, suppressed: [SUPPRESSED] });
  const { counts } = engine.result();
  const { rows } = await engine.rows({ from: 0, limit: 100_000 });
  expect(counts.willSend + counts.invalid + counts.missing + counts.duplicate + counts.suppressed).toBe(
    counts.total,
  );
  const nameOf = (key: string) =>
    ({ '': '', phone_number: 'Mobile: ', country_code: 'CC: ', body_param_1: 'First name: ' })[key] ??
    'Code: ';
  return {
    engine,
    rows: counts.total,
    taken: rows.filter(({ fault }) => fault === null).map(({ to, cells }) => ({ to, cells })),
    left: rows.flatMap(({ fault, row, cells, problems }) => {
      if (fault === null) return [];
      const code = fault === 'missing' ? 'invalid' : fault;
      const words = problems.map(({ key, message }) => nameOf(key) + message).join(' ');
      return [{ row, code, cells, reason: problems[0]?.variant ? `Message B: ${words}` : words }];
    }),
  };
}

/** A reason the database gives says the same in other words. */
function comparable({
  rows,
  taken,
  left,
}: Pick<Awaited<ReturnType<typeof imported>>, 'rows' | 'left'> & { taken: unknown }) {
  return { rows, taken, left: left.map((row) => (row.code === 'invalid' ? row : { ...row, reason: '' })) };
}

const header = 'Mobile,CC,First name,Code\r\n';
const NASTY = [
  '+4915112345678,,Ana,A1',
  '+49 1511 2345678,,Again,A1',
  '015112345678,,Once more,A1',
  '0049 151 98765432,,Bo,',
  "'+4915198765432,,Bo again,",
  '4.91511E+11,,Short,x',
  '٠١٥١١١١١١١١,,Arabic digits,x',
  '0791234567,CH,Swiss,x',
  '0791234567,+41,Swiss again,x',
  '0791234567,XX,Nowhere,x',
  '+4915100000001,,,no name',
  '+4915100000002,,"  ",blank name',
  'abc,,,both wrong',
  '+4915100000003,,"=cmd|x","@sum"',
  "+4915100000004,,'=kept,''-twice",
  '+4915100000005,,Too,many,columns',
  '+4915100000006,,Trailing,empty,, ,',
  '+4915100000007',
  '+4915100000008,,"quo"ted",x',
  '+4915100000009,,"two ""quotes""",x',
  '+4915100000010,,"line\r\nend",x',
  '',
  ' , , ',
  '+4915100000011,,__proto__,constructor',
  `+4915100000012,,${'long '.repeat(300)},x`,
  '+1 (234) 567-8901,,US,x',
  '12345678901,1,,x',
  '\ufeff+4915100000013,,mark,x',
  'tel:+4915100000014,,tel,"sep=;"',
  '919876543210.0,,pandas,a;b;c',
];

describe('the check in the browser decides as the import does', () => {
  it('over a nasty file, as it is and as it is handed on', async () => {
    const world = await setUp();
    for (const bytes of [
      Buffer.from(header + NASTY.join('\r\n')),
      Buffer.from(`sep=,\n${header}${NASTY.join('\n')}\n`),
      Buffer.from(`\n\n${header}${NASTY.join('\r')}`),
    ]) {
      const check = await checked(world, bytes);
      expect(comparable(check)).toEqual(comparable(await imported(world, bytes)));
      expect(new Set(check.left.map(({ code }) => code))).toEqual(
        new Set(['invalid', 'duplicate', 'suppressed']),
      );
      const handedOn = Buffer.from(await check.engine.toCsv().arrayBuffer());
      expect(comparable(await imported(world, handedOn))).toEqual(comparable(check));
    }
  });

  it('of a test as well, where a row must be right for every message', async () => {
    const world = await setUp();
    const { parameters } = world.template;
    const rules = { ...world.rules, others: [{ parameters, mapping: { ...mapping, ...second } }] };
    // Enough of them for both messages, whatever the draw.
    const more = Array.from({ length: 60 }, (_, i) => `+49151200000${10 + i},,Ana,${i % 3 === 0 ? '' : 'x'}`);
    const bytes = Buffer.from(header + [...NASTY, ...more].join('\r\n'));
    const check = await checked({ ...world, rules }, bytes);
    expect(comparable(check)).toEqual(comparable(await imported({ ...world, rules }, bytes)));
    expect(check.left.filter(({ reason }) => reason.startsWith('Message B: Code: ')).length).toBeGreaterThan(
      20,
    );
  });

  it('after edits too, by what the edited file says', async () => {
    const world = await setUp();
    const edits = [
      { row: 2, column: 0, value: '+4915177777777' },
      { row: 7, column: 0, value: '015166666666' },
      { row: 12, column: 2, value: 'A "name", with\r\nall; of it' },
      { row: 17, column: 4, value: '' },
      { row: 20, column: 2, value: '=mended' },
    ];
    const check = await checked(world, Buffer.from(header + NASTY.join('\r\n')), edits);
    const handedOn = Buffer.from(await check.engine.toCsv().arrayBuffer());
    expect(comparable(await imported(world, handedOn))).toEqual(comparable(check));
    expect(check.taken.map(({ to }) => to)).toEqual(
      expect.arrayContaining(['+4915177777777', '+4915166666666']),
    );
  });

  it('over random files', async () => {
    const world = await setUp();
    const cell = fc.oneof(
      fc.constantFrom('', ' ', 'Ana', '"', "'", '=1', ';', '\n', 'é', '\t', '|', 'a,b'),
      fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', '').replaceAll('\r', '')),
    );
    const phone = fc.oneof(
      fc.constantFrom(SUPPRESSED, '015112345678', '+4915100000001', '015100000001', 'x', '', '4.9E+11'),
      fc.integer({ min: 10_000_000, max: 10_000_300 }).map((n) => `0151${n}`),
    );
    const row = fc.tuple(phone, fc.constantFrom('', 'DE', '41', 'zz'), cell, cell);
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        const lines = [...rows, ['+4915199999999', '', 'Last', '']].map((cells) =>
          cells.map(quote).join(','),
        );
        const bytes = Buffer.from(`${header}${lines.join('\r\n')}\r\n`);
        const check = await checked(world, bytes);
        expect(comparable(check)).toEqual(comparable(await imported(world, bytes)));
        const handedOn = Buffer.from(await check.engine.toCsv().arrayBuffer());
        expect(comparable(await imported(world, handedOn))).toEqual(comparable(check));
      }),
      { numRuns: 20 },
    );
  });
});
