import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudienceEngine } from './audience-engine';
import type { AudienceRules, CellEdit } from './types';

const rules: AudienceRules = {
  parameters: [{ key: 'body_param_1', component: 'body', required: true, example: null }],
  mapping: { phone_number: { column: 'Mobile' }, body_param_1: { column: 'Name' } },
  defaultCountry: 'DE',
};

async function readInto(text: string, edits: readonly CellEdit[] = []) {
  const engine = new AudienceEngine();
  await engine.read({ source: new File([text], 'list.csv'), options: { edits } }, () => undefined);
  return engine;
}

async function checked(text: string, edits: readonly CellEdit[] = [], by = rules) {
  const engine = await readInto(text, edits);
  await engine.check(by);
  return engine;
}

/** Everything that can be seen of a list. */
async function stateOf(engine: AudienceEngine) {
  const { rows, count } = await engine.rows({ from: 0, limit: 1_000 });
  return { ...engine.result(), rows, count, csv: await engine.toCsv().text() };
}

const list = 'Mobile,Name\n+4915100000001,Ana\n+4915100000002,\n+4915100000001,Bo\nx,\n+14155550123,Cy\n';

describe('a list is checked', () => {
  it('into counts that add up, and countries, most first', async () => {
    const { counts, countries } = (await checked(list)).result();
    expect(counts).toEqual({ total: 5, willSend: 2, invalid: 1, missing: 1, duplicate: 1, suppressed: 0 });
    expect(countries).toEqual([
      { country: 'DE', count: 1 },
      { country: 'US', count: 1 },
    ]);
  });

  it('row by row: what is sent, and what is wrong where', async () => {
    const { rows } = await (await checked(list)).rows({ from: 0, limit: 10 });
    expect(
      rows.map(({ row, to, fault, problems }) => [row, to, fault, problems.map(({ key }) => key)]),
    ).toEqual([
      [2, '+4915100000001', null, []],
      [3, '+4915100000002', 'missing', ['body_param_1']],
      [4, '+4915100000001', 'duplicate', ['phone_number']],
      [5, null, 'invalid', ['phone_number', 'body_param_1']],
      [6, '+14155550123', null, []],
    ]);
    expect(rows[0]?.params).toEqual({ body_param_1: 'Ana' });
    expect(rows[2]?.problems[0]?.message).toBe('The same number stands in row 2 already.');
  });

  it('of a test for every message: a row without what a later one needs is not sent, and says which', async () => {
    const parameters = [
      ...rules.parameters,
      { key: 'body_param_2', component: 'body' as const, required: true, example: null },
    ];
    const mapping = { ...rules.mapping, body_param_2: { column: 'Town' } };
    const by = { ...rules, others: [{ parameters, mapping }, rules] };
    const text = 'Mobile,Name,Town\n+4915100000001,Ana,\n+4915100000001,Bo,Bonn\n+4915100000002,,\n';
    const engine = await checked(text, [], by);
    expect(engine.result().counts).toMatchObject({ total: 3, willSend: 1, missing: 2, duplicate: 0 });
    const { rows } = await engine.rows({ from: 0, limit: 10 });
    expect(rows.map(({ problems }) => problems.map(({ key, variant }) => [key, variant]))).toEqual([
      [['body_param_2', 1]],
      [],
      [['body_param_1', 0]],
    ]);
    expect(rows[1]).toMatchObject({
      params: { body_param_1: 'Bo' },
      otherParams: [{ body_param_1: 'Bo', body_param_2: 'Bonn' }, { body_param_1: 'Bo' }],
    });
    const rejects = await (await engine.rejectsToCsv()).text();
    expect(rejects).toContain('missing,"Message B: Town: ');
    expect(rejects).toContain('missing,"Name: ');
    engine.edit({ row: 2, column: 2, value: 'Kiel' });
    expect(engine.result().counts).toMatchObject({ willSend: 1, missing: 1, duplicate: 1 });
  });

  it('and gives its rows by fault, in slices', async () => {
    const engine = await checked(list);
    const pick = async (query: Parameters<AudienceEngine['rows']>[0]) => {
      const { rows, count } = await engine.rows(query);
      return [count, rows.map(({ row }) => row)];
    };
    expect(await pick({ fault: 'faulty', from: 1, limit: 1 })).toEqual([3, [4]]);
    expect(await pick({ fault: 'sendable', from: 0, limit: 9 })).toEqual([2, [2, 6]]);
    expect(await pick({ fault: 'invalid', from: 0, limit: 9 })).toEqual([1, [5]]);
    expect(await pick({ from: 3, limit: 9 })).toEqual([5, [5, 6]]);
  });

  it('before any check there are only cells', async () => {
    const engine = await readInto(list);
    const { rows, count } = await engine.rows({ from: 4, limit: 9 });
    expect([count, rows]).toEqual([
      5,
      [
        {
          row: 6,
          cells: ['+14155550123', 'Cy'],
          to: null,
          params: {},
          otherParams: [],
          fault: null,
          problems: [],
        },
      ],
    ]);
    expect(await engine.rows({ fault: 'faulty', from: 0, limit: 9 })).toEqual({ rows: [], count: 0 });
  });

  it('never by a mapping that does not fit, and the last check stands', async () => {
    const engine = await checked(list);
    const before = await stateOf(engine);
    const wrong = { ...rules, mapping: { ...rules.mapping, body_param_1: { column: 'Nobody' } } };
    await expect(engine.check(wrong)).rejects.toMatchObject({ code: 'mapping_invalid' });
    expect(await stateOf(engine)).toEqual(before);
  });

  it('by the later of two checks, and whoever asks meanwhile waits for it', async () => {
    const many = `Mobile,Name\n${Array.from({ length: 20_000 }, (_, i) => `0151${10_000_000 + i},Ana`).join('\n')}`;
    const engine = await readInto(many);
    const first = engine.check({ ...rules, defaultCountry: null });
    const second = engine.check(rules);
    expect((await engine.rows({ fault: 'sendable', from: 0, limit: 1 })).count).toBe(20_000);
    expect([await first, await second]).toEqual([false, true]);
  });
});

describe('the do-not-contact list', () => {
  it('is asked about each good number once, and again when it did not answer', async () => {
    const engine = await checked(list);
    const first = engine.takeUnasked(1);
    const second = engine.takeUnasked(10);
    expect([first.phones, second.phones]).toEqual([['+4915100000001'], ['+14155550123']]);
    expect(engine.takeUnasked(10).phones).toEqual([]);
    engine.answerUnasked({ id: first.id, suppressed: null });
    expect(engine.takeUnasked(10).phones).toEqual(['+4915100000001']);
    await engine.check({ ...rules, defaultCountry: 'AT' });
    expect(engine.takeUnasked(10).phones).toEqual([]);
  });

  it('takes out every row of a number, and knows it after an edit and another check', async () => {
    const engine = await checked(list);
    const { id } = engine.takeUnasked(10);
    engine.answerUnasked({ id, suppressed: ['+4915100000001'] });
    expect(engine.result().counts).toMatchObject({ willSend: 1, duplicate: 0, suppressed: 2 });
    engine.edit({ row: 5, column: 0, value: '015100000001' });
    engine.edit({ row: 5, column: 1, value: 'Di' });
    await engine.check({ ...rules, defaultCountry: 'DE', parameters: [...rules.parameters] });
    expect(engine.result().counts).toMatchObject({ willSend: 1, suppressed: 3 });
    const { rows } = await engine.rows({ fault: 'suppressed', from: 0, limit: 1 });
    expect(rows[0]?.problems).toEqual([
      { key: 'phone_number', message: 'This number is on the do-not-contact list.', variant: 0 },
    ]);
  });
});

describe('an edit', () => {
  it('gives what reading the edited list anew gives, whatever was edited in what order', async () => {
    const phone = fc.constantFrom(
      '+4915100000001',
      '015100000001',
      '+4915100000002',
      '+14155550123',
      'x',
      '',
    );
    const name = fc.constantFrom('Ana', '', ' ', 'a"b', '=1', 'two\nlines');
    const edit = fc
      .record({ row: fc.integer({ min: 2, max: 9 }), column: fc.constantFrom(0, 1), phone, name })
      .map(({ row, column, phone: to, name: called }) => ({
        row,
        column,
        value: column === 0 ? to : called,
      }));
    const rows = fc.array(fc.tuple(phone.filter(Boolean), fc.constantFrom('Ana', '', 'Bo')), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.array(edit, { maxLength: 12 }), async (cells, edits) => {
        const text = `Mobile,Name\n${cells.map((row) => row.join(',')).join('\n')}`;
        const engine = await checked(text);
        for (const change of edits) engine.edit(change);
        expect(await engine.check(rules)).toBe(true);
        expect(await stateOf(engine)).toEqual(await stateOf(await checked(text, edits)));
      }),
      { numRuns: 200 },
    );
  });

  it('made while a check is under way counts in it', async () => {
    const many = `Mobile,Name\n${Array.from({ length: 20_000 }, (_, i) => `0151${10_000_000 + i},Ana`).join('\n')}`;
    const engine = await readInto(many);
    const check = engine.check(rules);
    engine.edit({ row: 2, column: 0, value: 'x' });
    engine.edit({ row: 20_001, column: 0, value: 'x' });
    await check;
    expect(engine.result().counts).toMatchObject({ total: 20_000, willSend: 19_998, invalid: 2 });
  });
});

describe('rows that will not be sent', () => {
  it('are written with their line, what is wrong and what to do, and can be read again', async () => {
    const engine = await checked('row,Mobile,Name\n1,x,=1\n2,+4915100000001,\n3,+4915100000002,a,"b,c"\n');
    const again = await readInto(await (await engine.rejectsToCsv()).text());
    const { rows } = await again.rows({ from: 0, limit: 10 });
    expect(rows.map(({ cells }) => cells.slice(0, 7))).toEqual([
      ['1', 'x', '=1', '', '2', 'invalid', expect.stringMatching(/^Mobile: A phone number has only/)],
      ['2', '+4915100000001', '', '', '3', 'missing', 'Name: This is empty, but the template needs it.'],
      ['3', '+4915100000002', 'a', 'b,c', '4', 'invalid', expect.stringMatching(/^This row has 4 columns/)],
    ]);
    const { columns } = (await readAgain(engine)).file;
    expect(columns).toEqual(['row', 'Mobile', 'Name', 'Column 4', 'row_1', 'error_code', 'error', 'fix']);
  });
});

async function readAgain(engine: AudienceEngine) {
  const source = new File([await engine.rejectsToCsv()], 'rejected.csv');
  return { file: await new AudienceEngine().read({ source, options: {} }, () => undefined) };
}

describe('a list handed on', () => {
  it.each([
    ['a header like a sep= line', 'sep=;\n1\n2\n', ','],
    ['cells that look like other delimiters', 'a\n1;2;3\n4;5;6\n', ','],
    ['formulas and escapes', "a,b\n=1,'+2\n''@3,\"'\"\n", undefined],
    ['blank lines', 'a,b\n\n1,2\n\n\n3,4\n', undefined],
    ['quotes read with doubt', 'a,b\n1,"x"y"\n', undefined],
    ['quotes read with doubt under another delimiter', 'a;b\n1;"x"y"\n', undefined],
  ] as const)('with %s is read as the same list', async (_, text, delimiter) => {
    const first = new AudienceEngine();
    const before = await first.read(
      { source: new File([text], 'a.csv'), options: { delimiter } },
      () => undefined,
    );
    const second = new AudienceEngine();
    const source = new File([first.toCsv()], 'a.csv');
    const after = await second.read({ source, options: {} }, () => undefined);
    expect(after).toMatchObject({ columns: before.columns, rowCount: before.rowCount, delimiter: ',' });
    expect(await second.rows({ from: 0, limit: 9 })).toEqual(await first.rows({ from: 0, limit: 9 }));
    const mapping = { phone_number: { column: before.columns[0] ?? '' } };
    await first.check({ parameters: [], mapping, defaultCountry: 'DE' });
    await second.check({ parameters: [], mapping, defaultCountry: 'DE' });
    expect(second.result()).toEqual(first.result());
  });

  it('never makes a doubtful row a certain one', async () => {
    const engine = await readInto('Mobile;Name\n+4915100000001;"a",b"\n');
    const again = await checked(await engine.toCsv().text());
    expect(again.result().counts).toMatchObject({ total: 1, invalid: 1 });
  });
});
