import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { queryKeys } from '@/components/api/query-keys';
import type { Campaign } from '@/lib/campaigns/schema';
import { putCampaigns, putStreamed } from './campaign-cache';

const ID = 'c-1';
const KEY = queryKeys.campaign(ID);
const LIST = queryKeys.campaignList({ status: 'all' });

test('what the stream brings is not overwritten by an answer that was asked for before it', async () => {
  const client = new QueryClient();
  client.setQueryData(KEY, at(1));
  let answer: (campaign: Campaign) => void = () => undefined;
  const asked = client.fetchQuery({
    queryKey: KEY,
    queryFn: () => new Promise<Campaign>((resolve) => (answer = resolve)),
    staleTime: 0,
  });
  putStreamed(client, at(3));
  answer(at(2));
  await asked;
  expect(shown(client)).toEqual(at(3));
  expect(client.getQueryState(KEY)?.fetchStatus).toBe('idle');
});

test('the answer to a command takes the place of what was shown, unless that changed later', () => {
  const client = new QueryClient();
  client.setQueryData(KEY, at(2));
  client.setQueryData(LIST, {
    pages: [{ campaigns: [at(2)], nextCursor: null, total: 1 }],
    pageParams: [null],
  });
  putCampaigns(client, [at(1)]);
  expect([shown(client), listed(client)]).toEqual([at(2), at(2)]);
  // Of the same moment: its counts may have moved.
  const moved = { ...at(2), sent: 7 };
  putCampaigns(client, [moved]);
  expect([shown(client), listed(client)]).toEqual([moved, moved]);
  putCampaigns(client, [at(3)]);
  expect([shown(client), listed(client)]).toEqual([at(3), at(3)]);
});

test('an answer about a campaign that nobody is shown is put nowhere', () => {
  const client = new QueryClient();
  putCampaigns(client, [at(1)]);
  expect(shown(client)).toBeUndefined();
});

/** Only what the cache looks at. */
function at(second: number): Campaign {
  return { id: ID, updated_at: `2026-11-30T12:00:0${second}.000Z` } as Campaign;
}

function shown(client: QueryClient): Campaign | undefined {
  return client.getQueryData<Campaign>(KEY);
}

function listed(client: QueryClient): Campaign | undefined {
  return client.getQueryData<{ pages: { campaigns: Campaign[] }[] }>(LIST)?.pages[0]?.campaigns[0];
}
