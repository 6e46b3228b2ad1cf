import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { createWorkspace } from '@/tests/support/rows';
import { updateSettings } from './mutations';
import { getSettings } from './queries';
import { parsePreferences } from './schema';

const defaults = {
  test_numbers: [],
  default_country: null,
  shortcuts_enabled: true,
  checklist_dismissed: false,
};

describe('settings', () => {
  it('have defaults, and a change keeps what it does not name', async () => {
    const [actor, other] = [await createWorkspace(), await createWorkspace()];
    expect(await getSettings(actor)).toEqual(defaults);
    await updateSettings(actor, { shortcuts_enabled: false });
    const after = await updateSettings(actor, { default_country: 'PT' });
    expect(after).toEqual({ ...defaults, shortcuts_enabled: false, default_country: 'PT' });
    expect(await getSettings(actor)).toEqual(after);
    expect(await getSettings(other)).toEqual(defaults);
  });

  it('keep numbers in any form as E.164, each once, blanks left out', async () => {
    const actor = await createWorkspace();
    const { test_numbers } = await updateSettings(actor, {
      default_country: 'GB',
      test_numbers: ['07400 123456', '+44 7400 123456', ' ', '001 202 555 0199'],
    });
    expect(test_numbers).toEqual(['+447400123456', '+12025550199']);
  });

  it('name each number that is none, and then keep nothing of the call', async () => {
    const actor = await createWorkspace();
    const change = { test_numbers: ['+12025550199', '12', '0740'], shortcuts_enabled: false };
    await expect(updateSettings(actor, change)).rejects.toMatchObject({
      kind: 'invalid',
      issues: [{ path: 'test_numbers[1]' }, { path: 'test_numbers[2]' }],
    });
    expect(await getSettings(actor)).toEqual(defaults);
  });

  it('lose nothing when two pages save different things at once', async () => {
    const actor = await createWorkspace();
    await Promise.all([
      updateSettings(actor, { shortcuts_enabled: false }),
      updateSettings(actor, { checklist_dismissed: true }),
      updateSettings(actor, { default_country: 'US' }),
    ]);
    expect(await getSettings(actor)).toEqual({
      ...defaults,
      shortcuts_enabled: false,
      checklist_dismissed: true,
      default_country: 'US',
    });
  });

  it.each([[{}], ['nonsense'], [{ test_numbers: 'x', shortcuts_enabled: 'no' }]])(
    'are whole whatever was stored: %j',
    async (stored) => {
      expect(parsePreferences(stored)).toEqual(defaults);
      const actor = await createWorkspace();
      await database().db.update(users).set({ preferences: stored }).where(eq(users.id, actor.userId));
      expect(await getSettings(actor)).toEqual(defaults);
    },
  );
});
