import { describe, expect, it } from 'vitest';
import { workbook, zip, type SheetCell } from '@/tests/support/workbook';
import { toFailure } from './failure';
import { readList, type ReadRequest } from './list-reader';
import { RowStore } from './row-store';

const file = (content: string | Buffer, name = 'list.csv') => new File([content as BlobPart], name);
const read = (source: ReadRequest['source'], options: ReadRequest['options'] = {}) =>
  readList({ source, options }, () => undefined);
const cellsOf = (rows: RowStore) => Array.from({ length: rows.count }, (_, i) => rows.cells(i));
const linesOf = (rows: RowStore) => Array.from({ length: rows.count }, (_, i) => rows.line(i));

async function failureOf(source: ReadRequest['source'], options: ReadRequest['options'] = {}) {
  const error: unknown = await read(source, options).then(
    () => 'it was read',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return toFailure(error);
}

const text = 'Mobile;First name\n+4915112345678;José\n';

describe('a list is read', () => {
  it.each([
    ['commas', text.replaceAll(';', ','), ','],
    ['semicolons', text, ';'],
    ['tabs', text.replaceAll(';', '\t'), '\t'],
    ['pipes', text.replaceAll(';', '|'), '|'],
  ])('with its own %s', async (_, content, delimiter) => {
    const { file: found, rows } = await read(file(content));
    expect(found).toMatchObject({ kind: 'text', encoding: 'utf-8', delimiter, rowCount: 1, notices: [] });
    expect(found.columns).toEqual(['Mobile', 'First name']);
    expect(cellsOf(rows)).toEqual([['+4915112345678', 'José']]);
  });

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ] as const)('in %s, found by itself', async (encoding, bytes) => {
    const { file: found, rows } = await read(file(bytes));
    expect(found.encoding).toBe(encoding);
    expect(found.columns).toEqual(['Mobile', 'First name']);
    expect(cellsOf(rows)).toEqual([['+4915112345678', 'José']]);
  });

  it('as a person says, in another encoding and with another delimiter', async () => {
    const { file: found } = await read(file(text), { encoding: 'windows-1252', delimiter: ',' });
    expect(found).toMatchObject({ encoding: 'windows-1252', delimiter: ',', columns: ['Mobile;First name'] });
    expect(found.sample).toEqual([['+4915112345678;JosÃ©']]);
  });

  it('without its sep= line, and says so', async () => {
    const { file: found, rows } = await read(file(`sep=;\r\n${text}`));
    expect(found).toMatchObject({ delimiter: ';', columns: ['Mobile', 'First name'] });
    expect(found.notices).toEqual([expect.stringContaining('sep=')]);
    expect(linesOf(rows)).toEqual([2]);
  });

  it('with a name for every column, each once, and says what it has named', async () => {
    const { file: found, rows } = await read(file('name,,name,__proto__,constructor\na,b,c,d,e\n'));
    expect(found.columns).toEqual(['name', 'Column 2', 'name_1', '__proto__', 'constructor']);
    expect(found.notices).toEqual([
      'One column without a name: called “Column 2”.',
      'One column name used twice: the later one is called “name_1”.',
    ]);
    expect(cellsOf(rows)).toEqual([['a', 'b', 'c', 'd', 'e']]);
  });

  it('with line numbers as rejected.csv counts them, over blank lines and line ends in quotes', async () => {
    const { rows } = await read(file('\n\na,b\n1,2\n\n"3\n3",4\n , \n5,6\n'));
    expect(linesOf(rows)).toEqual([2, 4, 6]);
    expect(cellsOf(rows)[1]).toEqual(['3\n3', '4']);
  });

  it('with the edits made earlier; those for cells it has not are left', async () => {
    const edits = [
      { row: 2, column: 1, value: 'Ana' },
      { row: 99, column: 0, value: 'x' },
      { row: 2, column: 9, value: 'x' },
    ];
    const { file: found } = await read(file(text), { edits });
    expect(found.sample).toEqual([['+4915112345678', 'Ana']]);
  });

  it('from the clipboard, as a spreadsheet puts it there', async () => {
    const source = { name: 'Pasted rows', text: 'Mobile\tCity\r\n+44 20\t"Bath\nSpa"\r\n' };
    const { file: found, rows } = await read(source);
    expect(found).toMatchObject({ kind: 'pasted', name: 'Pasted rows', encoding: null, delimiter: '\t' });
    expect(cellsOf(rows)).toEqual([['+44 20', 'Bath\nSpa']]);
  });

  it('and tells how far it is', async () => {
    const told: number[] = [];
    await readList(
      { source: file(`a,b\n${`1,${'x'.repeat(1_000)}\n`.repeat(3_000)}`), options: {} },
      (done) => told.push(done),
    );
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
});

describe('a workbook is read', () => {
  const book = (sheets: Parameters<typeof workbook>[0]) => file(workbook(sheets), 'list.xlsx');
  const header = ['Mobile', 'Value'];
  const valueOf = async (cell: SheetCell) =>
    cellsOf((await read(book({ A: [header, ['+44', cell]] }))).rows)[0]?.[1];

  it.each([
    ['a phone number', { number: '491511234567890' }, '491511234567890'],
    ['one written with an exponent', { number: '4.91511234567E+11' }, '491511234567'],
    ['sixteen digits', { number: '1.234567890123456E+15' }, '1234567890123460'],
    ['a fraction', { number: '0.1' }, '0.1'],
    ['a sum of fractions', { number: '0.30000000000000004' }, '0.3'],
    ['a negative number', { number: '-12' }, '-12'],
    ['zero', { number: '0' }, '0'],
    ['a date', { number: '46350', style: 'date' }, '2026-11-24'],
    ['a date and time', { number: '46350.604166666664', style: 'date' }, '2026-11-24 14:30'],
    ['a time', { number: '0.5', style: 'date' }, '12:00'],
    ['a yes', { xml: '<c t="b"><v>1</v></c>' }, 'TRUE'],
    ['a text with leading zeros', '00420', '00420'],
    ['a text that looks like a formula', '=1+1', '=1+1'],
    ['lines', 'a\r\nb', 'a\nb'],
    ['the result of a formula', { xml: '<c t="str"><f>A1</f><v>Ana</v></c>' }, 'Ana'],
    ['nothing', null, ''],
  ] satisfies [string, SheetCell, string][])('with %s as text', async (_, cell, shown) => {
    expect(await valueOf(cell)).toBe(shown);
  });

  it('from the first sheet that has rows, and says which', async () => {
    const { file: found, rows } = await read(
      book({ Blank: [], 'A & B': [header, ['+44', 'x']], C: [['y']] }),
    );
    expect(found).toMatchObject({
      kind: 'xlsx',
      encoding: null,
      delimiter: null,
      columns: header,
      rowCount: 1,
    });
    expect(found.notices).toEqual(['Read from the sheet “A & B”; 2 other sheets were left out.']);
    expect(cellsOf(rows)).toEqual([['+44', 'x']]);
  });

  it('with lines counted from its header', async () => {
    const { rows } = await read(book({ A: [[], [null, ' '], header, ['1', 'a'], [], ['2']] }));
    expect(linesOf(rows)).toEqual([2, 4]);
    expect(cellsOf(rows)[1]).toEqual(['2', '']);
  });
});

const compound = (stream: string) =>
  Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);

describe('what is no list is refused in its own words', () => {
  it.each([
    ['an empty file', '', 'The file is empty'],
    ['a blank file', '\n , \n\n', 'The file is empty'],
    ['only a header', 'Mobile,Name\n\n', 'There are no recipients'],
    ['no header', '+44 7911 123456,Ana\n+44 7911 123457,Bob\n', 'The column names are missing'],
    ['an open quote', 'a,b\n"1,2\n', 'A quote is left open'],
    ['a PDF', '%PDF-1.7\n', 'This is not a list of recipients'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'This is not a list of recipients'],
    ['a web page', ' <!DOCTYPE html><table>', 'This is not a list of recipients'],
    ['NUL bytes', 'a,b\n1\0,2\n', 'This is not a list of recipients'],
    [
      'damaged UTF-8',
      Buffer.concat([Buffer.from(text), Buffer.from([0xc3, 0xa9, 0xff])]),
      'The characters in this file cannot be read',
    ],
    ['an old workbook', compound('Workbook'), 'This is an old Excel workbook (.xls)'],
    ['a protected workbook', compound('EncryptedPackage'), 'The workbook is protected by a password'],
    ['half a workbook', workbook({ A: [['a']] }).subarray(0, 300), 'The file is damaged'],
    ['a workbook without cells', workbook({ A: [], B: [] }), 'The file is empty'],
    ['a workbook with only a header', workbook({ A: [['Mobile']] }), 'There are no recipients'],
    ['a Word document', zip({ 'word/document.xml': '' }), 'This is not a list of recipients'],
    ['a zip archive', zip({ 'list.csv': text }), 'This is not a list of recipients'],
    ['a binary workbook', zip({ 'xl/workbook.bin': '' }), 'This is a binary workbook (.xlsb)'],
    ['a broken workbook', zip({ 'xl/workbook.xml': '<workbook' }), 'The workbook cannot be read'],
  ])('%s', async (_, content, title) => {
    const failure = await failureOf(file(content));
    expect(failure.title).toBe(title);
    expect(failure.message).toMatch(/^[A-Z“].*[.)]$/s);
  });

  it('pasted nothing', async () => {
    expect((await failureOf({ name: 'Pasted rows', text: ' \n' })).title).toBe('There is nothing to read');
  });

  it('too large a file, before a byte of it is read', async () => {
    const huge = file('a,b\n1,2\n');
    Object.defineProperty(huge, 'size', { value: 513 * 1024 * 1024 });
    expect((await failureOf(huge)).title).toBe('The file is too large');
  });

  it('the wrong encoding, where it cannot be that', async () => {
    const failure = await failureOf(file(Buffer.from(text, 'latin1')), { encoding: 'utf-8' });
    expect(failure.title).toBe('The characters in this file cannot be read');
  });

  it('more rows than a spreadsheet has', () => {
    const rows = new RowStore(1);
    const record = { row: 2, cells: ['1'], malformed: false };
    const addMany = () => {
      for (let i = 0; i < 1_048_577; i += 1) rows.add(record);
    };
    expect(addMany).toThrow('A list may have at most 1,048,576');
  });
});
