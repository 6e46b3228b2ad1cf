import { expect, it } from 'vitest';
import type { CampaignEventEntry } from '@/lib/campaigns/timeline-schema';
import { eventWords } from './event-words';

const ana = { id: '0199', name: 'Ana' };
const event = (kind: string, detail = {}, user: CampaignEventEntry['user'] = ana) =>
  eventWords({ id: 1, kind, at: '2026-11-24T10:00:00Z', user, detail });

it('every kind has words, with what changed and why', () => {
  expect(event('paused', { reason: 'The token has expired.' }, null)).toBe(
    'paused it: The token has expired.',
  );
  expect(event('speed_changed', { rateLimit: 1200, workerCount: 5 })).toBe(
    'set the speed to 1,200 a second, 5 at once',
  );
  expect(event('retried', { retried: 1 })).toBe('put 1 recipient back in the queue');
  expect(event('edited', { name: 'New', unconfirmed_policy: 'resend' })).toContain(
    'renamed it to “New” and set',
  );
  expect(event('scheduled', { scheduled_at: '2026-11-27T08:00:00.000Z', time_zone: 'Europe/Berlin' })).toBe(
    'planned the start for 09:00 on Friday 27 November 2026, Europe/Berlin',
  );
  expect(event('start_missed', { late_minutes: 125 }, null)).toBe(
    'did not start it: 2 h 5 m late, as nothing was running at its time',
  );
  for (const kind of [
    'created',
    'started',
    'resumed',
    'scheduled',
    'unscheduled',
    'stopped',
    'completed',
    'reopened',
  ])
    expect(event(kind)).toMatch(/^[a-z ]+$/);
});

it('a follow-up is told of on both sides, with whom it is for', () => {
  const detail = { campaign_id: 'c', name: 'Reminder', audience: 'not_read', recipients: 1204 };
  expect(event('followed_up', detail)).toBe('made a follow-up for 1,204 recipients (not read)');
  const follows = { campaign_id: 'c', name: 'Spring', audience: 'failed', error_code: 131049 };
  expect(event('created', { rows: 1, follows })).toBe(
    'created the campaign to follow up “Spring” (failed with code 131049)',
  );
  expect(event('created', { follows: { name: 'Spring', audience: 'of a later version' } })).toBe(
    'created the campaign to follow up “Spring”',
  );
});

it('a kind of a later version is shown as it is', () => {
  expect(event('owner_changed')).toBe('owner changed');
});
