import { afterAll, expect, it } from 'vitest';
import { database } from '@/db/client';
import { recipientResponses } from '@/db/schema/recipients';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { exportResults } from './export-results';

afterAll(() => database().close());

it('everybody is in it once, over its batches, with all that is known of them', async () => {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 2_500 });
  const [first] = await recipientsOf(campaign);
  await placeRecipient(
    campaign,
    first?.id ?? '',
    `state = 'accepted', attempt = 2, pending = false, accepted_at = '2026-01-01T10:00:00Z', country = 'US',
     delivered_at = '2026-01-01T10:00:01Z', wamid = 'wamid.${first?.id}',
     priced = '1 b regular utility,2 f free_entry_point utility'`,
  );
  await database()
    .db.insert(recipientResponses)
    .values({
      ...{ workspaceId, campaignId: campaign.id, recipientId: first?.id ?? '', clicks: 3 },
      repliedAt: new Date('2026-01-01T11:00:00Z'),
      clickedAt: new Date('2026-01-01T10:30:00Z'),
    });
  const { filename, chunks } = await exportResults({ workspaceId, campaignId: campaign.id });
  expect(filename).toBe('Test-campaign-results.csv');
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('utf8');
  const [header, ...lines] = text.replace('\ufeff', '').trim().split('\r\n');
  expect(header?.split(',').slice(0, 5)).toEqual(['phone_number', 'body_param_1', 'to', 'country', 'status']);
  expect(new Set(lines).size).toBe(2_500);
  expect(lines[0]).toBe(
    `"'+12025550000000",Person 0,"'+12025550000000",US,delivered,wamid.${first?.id},2,,,2026-01-01T10:00:00.000Z,,2026-01-01T10:00:01.000Z,,,utility,free_entry_point,1,1,2026-01-01T11:00:00.000Z,,,3,2026-01-01T10:30:00.000Z`,
  );
  expect(lines[1]).toMatch(/,pending,,0,{15}0,$/);
});
