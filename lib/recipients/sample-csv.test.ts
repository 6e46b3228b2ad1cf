import { describe, expect, it } from 'vitest';
import type { TemplateParameter } from '@/lib/templates/schema';
import { CsvReader } from './csv';
import { nameColumns, unescapeCell } from './csv-cells';
import { resolveColumns } from './mapping';
import { paramsOf } from './params';
import { sampleCsv } from './sample-csv';
import { checkRecipient } from './validate';

const parameter = (key: string, example: string | null, required = true): TemplateParameter => ({
  key,
  component: 'body',
  required,
  example,
});

async function textOf(parameters: TemplateParameter[], name = 'black_friday'): Promise<string> {
  let text = '';
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of sampleCsv({ name, language: 'en_US', parameters }).chunks) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

/** The file as the import reads it, without a mapping: what each row would send. */
async function imported(parameters: TemplateParameter[]) {
  const reader = new CsvReader();
  const text = await textOf(parameters);
  const [header, ...rows] = [...reader.push(text.replace('\ufeff', '')), ...reader.end()];
  const columns = nameColumns(header?.cells ?? []);
  const map = resolveColumns({ columns, mapping: undefined, parameters });
  return rows.map(({ cells: raw }) => {
    const cells = raw.map(unescapeCell);
    const params = paramsOf(cells, map.parameters);
    const countryCode = cells[map.countryCode.column ?? -1] ?? '';
    const checked = checkRecipient(
      { phoneNumber: cells[map.phoneNumber] ?? '', countryCode, params },
      { parameters },
    );
    return { checked, params };
  });
}

describe('the sample file of a template', () => {
  it('has the columns it needs and rows with its examples, as a spreadsheet reads them', async () => {
    const text = await textOf([
      parameter('body_param_1', 'Ana'),
      parameter('body_param_2', '1,250'),
      parameter('button_payload_param_1', null, false),
    ]);
    expect(text.split('\r\n')).toEqual([
      '\ufeffcountry_code,phone_number,body_param_1,body_param_2',
      'US,202 555 0143,Ana,"1,250"',
      'US,202 555 0144,Ana,"1,250"',
      'US,202 555 0145,Ana,"1,250"',
      '',
    ]);
  });

  it.each([
    ['no parameters', []],
    ['examples', [parameter('body_param_1', 'Ana'), parameter('body_param_name', 'José, "X"')]],
    [
      'examples a spreadsheet would run',
      [parameter('body_param_1', '=1+1'), parameter('body_param_2', '-5%')],
    ],
    [
      'no examples at all',
      ['header_param_1', 'body_param_1', 'button_url_param_2', 'button_code_param', 'header_media_url'].map(
        (key) => parameter(key, null),
      ),
    ],
    [
      'examples that no recipient could be given',
      [
        parameter('header_media_url', '4::aW1hZ2U'),
        parameter('button_code_param', 'x'.repeat(50)),
        parameter('body_param_1', '  '),
      ],
    ],
  ])('with %s goes through the import as it is, every row', async (_, parameters) => {
    const rows = await imported(parameters);
    expect(rows).toHaveLength(3);
    expect(rows.map(({ checked }) => checked.ok)).toEqual([true, true, true]);
    const phones = rows.map(({ checked }) => checked.ok && checked.phone);
    expect(new Set(phones).size).toBe(3);
    expect(phones.every((phone) => /^\+120255501\d\d$/.test(String(phone)))).toBe(true);
  });

  it('keeps an example that looks like a formula as the text it is', async () => {
    const text = await textOf([parameter('body_param_1', '=HYPERLINK("x")')]);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    const [row] = await imported([parameter('body_param_1', '=HYPERLINK("x")')]);
    expect(row?.params).toEqual({ body_param_1: '=HYPERLINK("x")' });
  });

  it('is named after the template, in characters every system takes', () => {
    const { filename } = sampleCsv({ name: 'a"b/../é\r\n', language: 'pt_BR', parameters: [] });
    expect(filename).toBe('a-b-pt_BR-sample.csv');
  });
});
