import { expect, it } from 'vitest';
import { isFiltered, listPath, parseCampaignFilters, periodStart } from './list-filters';

it('an address is read, and what is not understood is left out', () => {
  expect(parseCampaignFilters({ status: 'active', search: '  sale ', since: '7d', sort: 'name' })).toEqual({
    status: 'active',
    search: 'sale',
    since: '7d',
    sort: 'name',
  });
  expect(
    listPath(parseCampaignFilters({ status: 'x', search: ['a', 'b'], since: '8d', sort: 'newest' })),
  ).toBe('/campaigns');
});

it('what was read makes the same address again', () => {
  const filters = parseCampaignFilters({
    status: 'paused',
    search: 'été & co',
    since: '30d',
    sort: 'oldest',
  });
  const url = new URL(listPath(filters), 'http://x');
  expect(parseCampaignFilters(Object.fromEntries(url.searchParams))).toEqual(filters);
});

it('an order alone leaves nothing out', () => {
  expect(isFiltered({ sort: 'name' })).toBe(false);
  expect(isFiltered({ since: '24h' })).toBe(true);
});

it('a period is counted back from now', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  expect(periodStart('24h', now)?.toISOString()).toBe('2026-11-23T10:00:00.000Z');
  expect(periodStart(undefined, now)).toBeUndefined();
});
