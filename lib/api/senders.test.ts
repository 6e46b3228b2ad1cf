import { expect, it } from 'vitest';
import { updateSenderEndpoint } from './senders';

it('a change of a sender names at least one field, and says so', () => {
  const { body } = updateSenderEndpoint;
  expect(body.safeParse({ name: 'Shop' }).success).toBe(true);
  const issues = body.safeParse({}).error?.issues ?? [];
  expect(issues.map(({ message }) => message)).toEqual(['Name at least one field to change.']);
});
