import { describe, expect, it } from 'vitest';
import {
  listCampaignsEndpoint,
  retryCampaignEndpoint,
  sendCampaignEndpoint,
  setCampaignStatusEndpoint,
  updateCampaignEndpoint,
} from './campaigns';

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('the campaign endpoints', () => {
  it('retry only what failed unless told otherwise, by a word or a list', () => {
    const { body } = retryCampaignEndpoint;
    expect(body.parse({})).toEqual({ include: ['failed'] });
    expect(body.parse({ include: 'unconfirmed' })).toEqual({ include: 'unconfirmed' });
    expect(body.parse({ include: ['failed', 'unconfirmed'] }).include).toHaveLength(2);
    for (const include of ['sent', [], ['failed', 'sent'], null])
      expect(accepts(body, { include })).toBe(false);
  });

  it('start without a word about speed, and refuse speeds out of bounds', () => {
    const { body } = sendCampaignEndpoint;
    expect(body.parse({})).toEqual({});
    expect(accepts(body, { worker_count: 100, rate_limit: 1000 })).toBe(true);
    for (const wrong of [
      { worker_count: 0 },
      { worker_count: 101 },
      { rate_limit: 1001 },
      { rate_limit: 1.5 },
    ])
      expect(accepts(body, wrong)).toBe(false);
  });

  it('refuse fields nobody may set', () => {
    for (const extra of ['workspace_id', 'user_id', 'sent', 'status'])
      expect(accepts(updateCampaignEndpoint.body, { name: 'x', [extra]: 'y' })).toBe(false);
    expect(accepts(updateCampaignEndpoint.body, {})).toBe(false);
    expect(accepts(updateCampaignEndpoint.body, { name: '  ' })).toBe(false);
    expect(accepts(updateCampaignEndpoint.body, { scheduled_at: null })).toBe(true);
    expect(accepts(updateCampaignEndpoint.body, { scheduled_at: '2026-12-01T10:00:00+01:00' })).toBe(true);
    expect(accepts(updateCampaignEndpoint.body, { scheduled_at: 'tomorrow' })).toBe(false);
    const schedule = { local_time: '2026-12-01T10:00', time_zone: 'Europe/Berlin' };
    expect(accepts(updateCampaignEndpoint.body, { schedule })).toBe(true);
    expect(accepts(updateCampaignEndpoint.body, { schedule, scheduled_at: null })).toBe(false);
  });

  it('move a campaign to the three states a person can choose', () => {
    for (const status of ['active', 'paused', 'stopped'])
      expect(accepts(setCampaignStatusEndpoint.body, { status })).toBe(true);
    for (const status of ['completed', 'draft', 'scheduled', ''])
      expect(accepts(setCampaignStatusEndpoint.body, { status })).toBe(false);
  });

  it('list 50 a page, 200 at most, and say the bounds in words', () => {
    const { query } = listCampaignsEndpoint;
    expect(query.parse({})).toEqual({ limit: 50 });
    expect(query.parse({ limit: '200' }).limit).toBe(200);
    for (const limit of ['0', '201', 'x', '1.5']) {
      const issues = query.safeParse({ limit }).error?.issues ?? [];
      expect(issues[0]?.message).toBe('Must be a whole number from 1 to 200.');
    }
  });
});
