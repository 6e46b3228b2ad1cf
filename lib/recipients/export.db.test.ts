import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { type campaigns, rejectedRows } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { CsvReader } from './csv';
import { unescapeCell } from './csv-cells';
import { exportRecipients, exportRejectedRows, type CsvExport } from './export';

async function textOf({ chunks }: CsvExport): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text;
}

function table(text: string): string[][] {
  const reader = new CsvReader();
  return [...reader.push(text.slice(1)), ...reader.end()].map(({ cells }) => cells.map(unescapeCell));
}

async function setUp(count: number, values: Partial<typeof campaigns.$inferInsert> = {}) {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count, values });
  return { campaign, key: { workspaceId, campaignId: campaign.id } };
}

describe('the export of recipients', () => {
  it('has the columns as they came, then status and error, behind a byte order mark', async () => {
    const { campaign, key } = await setUp(2, { name: 'Été / "Sale"\r\n', columns: ['Téléphone', '=Name'] });
    const [first] = await recipientsOf(campaign);
    await database()
      .db.update(recipients)
      .set({
        pending: false,
        state: 'failed',
        failedAt: new Date(),
        errorCode: 131026,
        errorMessage: '=HYPERLINK("http://x")',
        cells: ['+12025550000000', '=1+1'],
      })
      .where(eq(recipients.id, first?.id ?? ''));
    const file = await exportRecipients(key);
    expect(file.filename).toBe('E-te-Sale-recipients.csv');
    const text = await textOf(file);
    expect(text).toBe(
      [
        `\ufeffTéléphone,"'=Name",status,error_code,error_message,replied_at,opted_out_at,reply`,
        `"'+12025550000000","'=1+1",failed,131026,"'=HYPERLINK(""http://x"")",,,`,
        `"'+12025550000001",Person 1,pending,,,,,`,
        '',
      ].join('\r\n'),
    );
    const failed = await exportRecipients({ ...key, status: 'failed' });
    expect(failed.filename).toBe('E-te-Sale-failed.csv');
    expect(table(await textOf(failed))).toEqual([
      ['Téléphone', '=Name', 'status', 'error_code', 'error_message', 'replied_at', 'opted_out_at', 'reply'],
      ['+12025550000000', '=1+1', 'failed', '131026', '=HYPERLINK("http://x")', '', '', ''],
    ]);
  });

  it('holds every recipient once, in upload order, over all batches', async () => {
    const { campaign, key } = await setUp(3_500);
    const rows = table(await textOf(await exportRecipients(key))).slice(1);
    expect(rows.map((row) => row[0])).toEqual((await recipientsOf(campaign)).map(({ phone }) => phone));
  });

  it('reads on only as far as it is taken', async () => {
    const { key } = await setUp(3_500);
    const { chunks } = await exportRecipients(key);
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > 1_000) break;
    }
    expect(bytes).toBeLessThan(200_000);
    expect((await chunks.next()).done).toBe(true);
  });

  it('of another workspace is not there', async () => {
    const { key } = await setUp(1);
    const { workspaceId } = await createWorkspace();
    await expect(exportRecipients({ ...key, workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(exportRejectedRows({ ...key, workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('the rows left out', () => {
  it('are as they were, the longer ones too, each with its reason in the same column', async () => {
    const { campaign, key } = await setUp(1, { columns: ['phone', 'name'] });
    const row = { ...key, code: 'invalid' as const };
    await database()
      .db.insert(rejectedRows)
      .values([
        { ...row, rowNumber: 9, cells: ['x', 'y', 'z'], reason: 'Too many columns.' },
        { ...row, rowNumber: 2, cells: ['=12', 'Ana'], reason: 'Mobile: wrong.' },
      ]);
    const file = await exportRejectedRows({ ...key, campaignId: campaign.id });
    expect(file.filename).toBe('Test-campaign-rejected.csv');
    expect(table(await textOf(file))).toEqual([
      ['phone', 'name', 'Column 3', 'reason'],
      ['=12', 'Ana', '', 'Mobile: wrong.'],
      ['x', 'y', 'z', 'Too many columns.'],
    ]);
  });

  it('of a clean import are only the header', async () => {
    const { key } = await setUp(1);
    expect(await textOf(await exportRejectedRows(key))).toBe('\ufeffphone_number,body_param_1,reason\r\n');
  });
});
