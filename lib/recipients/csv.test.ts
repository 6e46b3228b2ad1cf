import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, detectDelimiter, MAX_RECORD_CHARS, type CsvRecord } from './csv';
import { formatCsv, nameColumns, unescapeCell } from './csv-cells';

/** As a stream would bring it: in pieces of `size` characters. */
function read(text: string, size = 7): CsvRecord[] {
  const reader = new CsvReader();
  const records: CsvRecord[] = [];
  for (let i = 0; i < text.length; i += size) records.push(...reader.push(text.slice(i, i + size)));
  return [...records, ...reader.end()];
}

const cells = (text: string, size?: number) => read(text, size).map((record) => record.cells);
const table = [
  ['name', 'phone'],
  ['Ana', '+44'],
];

describe('a CSV file is read', () => {
  it.each([
    ['comma', 'name,phone\nAna,+44\n'],
    ['semicolon', 'name;phone\nAna;+44\n'],
    ['tab', 'name\tphone\nAna\t+44\n'],
    ['pipe', 'name|phone\nAna|+44\n'],
    ['no line end at the end', 'name,phone\nAna,+44'],
    ['CRLF', 'name,phone\r\nAna,+44\r\n'],
    ['CR', 'name,phone\rAna,+44\r'],
    ['mixed line ends', 'name,phone\r\n\rAna,+44\n\r\n'],
    ['quotes', '"name","phone"\n"Ana","+44"\n'],
    ['a sep= line', 'sep=;\r\nname;phone\r\nAna;+44\r\n'],
    ['a quoted sep= line with another sign', '"sep=^"\nname^phone\nAna^+44\n'],
    ['blank lines before, between and after', '\n\n ,\nname,phone\n\n , \nAna,+44\n\n,\n'],
    ['blank semicolon lines', 'name;phone\n;\nAna;+44\n;;\n'],
  ])('with %s', (_, text) => {
    expect(cells(text)).toEqual(table);
    expect(cells(text, 1)).toEqual(table);
    expect(cells(text, 10_000)).toEqual(table);
  });

  it('with delimiters, doubled quotes and line ends inside quotes', () => {
    expect(cells('a,b\n"x, ""y""","1\r\n2"\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ]);
  });

  it('with a __proto__ column as any other', () => {
    expect(cells('__proto__,constructor\n1,2\n')).toEqual([
      ['__proto__', 'constructor'],
      ['1', '2'],
    ]);
  });

  it('with rows numbered as a spreadsheet numbers them', () => {
    const text = 'a,b\n1,2\n\n"3\n3",4\n5,6\n';
    expect(read(text).map(({ row }) => row)).toEqual([1, 2, 4, 5]);
    expect(read(`sep=,\n${text}`).map(({ row }) => row)).toEqual([1, 2, 4, 5]);
  });

  it('the same however it is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', ' ', "'", '=', 'é') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 })),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          const text = formatCsv([['h1', 'h2', 'h3'], ...rows]);
          expect(cells(text, size)).toEqual(cells(text, 1_000_000));
        },
      ),
    );
  });
});

describe('the delimiter is found', () => {
  it.each([
    ['a;b\n1,5;2,5\n3,25;4\n', ';'],
    ['phone,text\n1,a;b\n2,c;d;e\n', ','],
    ['phone;text\n1;Hello, Ana\n2;Hello, Bob, dear\n', ';'],
    ['"a,b";"c,d"\n"1,2";"3,4"\n', ';'],
    ['phone\n1\n2\n', ','],
    ['a;b', ';'],
  ])('in %j', (text, delimiter) => {
    expect(detectDelimiter(text, true)).toBe(delimiter);
  });
});

describe('what is no usable CSV is refused with the row', () => {
  it.each([
    ['an open quote at the end', 'a,b\n1,2\n"3,4\n5,6\n', 'row 3'],
    ['a file that is one open quote', '"', 'row 1'],
    ['a stray quote that swallowed rows', 'a,b\n1,"x" y\n2,z",3\n4,5\n', 'row 2'],
    ['too many columns', `a,b\n${','.repeat(1000)}x\n`, 'Row 2 has 1001 columns'],
    ['a hundred thousand columns', `${'a,'.repeat(100_000)}\n`, 'Row 1 has 100001 columns'],
  ])('%s', (_, text, words) => {
    expect(() => read(text, 50_000)).toThrow(words);
  });

  it('a stray quote within its own row only marks that row', () => {
    const records = read('a,b\n1,"x" y",\n2,z\n', 1_000);
    expect(records.map(({ malformed }) => malformed)).toEqual([false, true, false]);
  });

  it.each([
    ['without an end', 'x'],
    ['of quotes', '"a'],
    ['of delimiters', ','],
  ])(
    'a line %s is given up after a million characters',
    (_, piece) => {
      const reader = new CsvReader();
      const before = process.cpuUsage();
      let pushed = 0;
      expect(() => {
        reader.push('a,b\n');
        for (; pushed < 500_000_000; pushed += 65_536) reader.push(piece.repeat(65_536 / piece.length));
      }).toThrow(/longer than a million|columns/);
      expect(pushed).toBeLessThan(2 * MAX_RECORD_CHARS);
      // Of the processor's time, µs: how busy the machine is says nothing about the code.
      expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
    },
    30_000,
  );
});

describe('column names', () => {
  it('are trimmed, numbered when blank, told apart when repeated', () => {
    expect(nameColumns([' name ', 'name', '', 'name', '\ufeffx', 'name_1'])).toEqual([
      'name',
      'name_1',
      'Column 3',
      'name_2',
      'x',
      'name_1_1',
    ]);
  });
});

describe('a CSV written by us', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r', '\n', ' =1', '＝1', "'=1", "''+1", '\0'])(
    'has %j behind an apostrophe, in quotes',
    (cell) => {
      expect(formatCsv([[cell]]).startsWith(`"'`)).toBe(true);
    },
  );

  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['x; =1', "x;' =1"],
    ["x;'=1", "x;''=1"],
    ['a\n=1\t@b;c', "a\n'=1\t'@b;c"],
    ['x;y=1', 'x;y=1'],
  ])('has %j safe also where a semicolon or tab separates', (cell, written) => {
    expect(formatCsv([[cell]])).toContain(written);
    expect(unescapeCell(written)).toBe(cell);
  });

  it('takes a cell of a megabyte in its stride', () => {
    const cell = `x${'\n'.repeat(1_000_000)}=`;
    const escaped = cell.replaceAll('\n', "\n'");
    const before = process.cpuUsage();
    // Compared as a whole: of a million characters nobody reads the difference.
    expect(formatCsv([[cell]]).includes(escaped)).toBe(true);
    expect(unescapeCell(escaped) === cell).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  }, 30_000);

  it('gives back every cell when it is read again', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', ' ', '"', ',', ';', '\n', 'a', '＝'),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell)), (values) => {
        // The phone is never blank; line ends inside cells become LF on reading.
        const rows = values.map((row) => ['+1202', ...row].map((c) => c.replace(/\r\n?/g, '\n')));
        const text = formatCsv([['phone', 'a', 'b', 'c', 'd'], ...rows]);
        expect(
          cells(text, 100)
            .slice(1)
            .map((row) => row.map(unescapeCell)),
        ).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });
});
