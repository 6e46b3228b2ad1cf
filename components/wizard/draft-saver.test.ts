import { describe, expect, it } from 'vitest';
import { ApiError } from '@/components/api/request';
import { draftContentsSchema, type Draft, type DraftChanges } from '@/lib/drafts/schema';
import { DraftSaver, type SaveState } from './draft-saver';

/** A server with one draft, that can be made to refuse. */
function setUp() {
  const draft = { revision: 3, name: '' };
  const states: SaveState[] = [];
  const calls: DraftChanges[] = [];
  const faults: Error[] = [];
  const save = async (changes: DraftChanges): Promise<Draft> => {
    calls.push(changes);
    await Promise.resolve();
    const fault = faults.shift();
    if (fault) throw fault;
    if (changes.revision !== draft.revision) throw new ApiError(409, 'draft_changed', 'Changed.', null);
    Object.assign(draft, { name: changes.name ?? draft.name, revision: draft.revision + 1 });
    return { ...draft, updated_at: '2026-11-24T10:00:00Z' } as Draft;
  };
  const options = { revision: 3, save, onState: (state: SaveState) => states.push(state) };
  return { draft, states, calls, faults, saver: new DraftSaver({ ...options, waitMs: 1e6, retryMs: 1e6 }) };
}

describe('the saver of a draft', () => {
  it('makes one save of many changes, and goes on from the revision it made', async () => {
    const { saver, calls, draft, states } = setUp();
    saver.change({ name: 'A' });
    saver.change({ name: 'Autumn' });
    saver.change({ contents: draftContentsSchema.parse({}) });
    expect(saver.isDirty).toBe(true);
    await saver.flush();
    expect(calls).toMatchObject([{ revision: 3, name: 'Autumn', contents: { step: 'template' } }]);
    saver.change({ name: 'Winter' });
    await saver.flush();
    expect(draft).toEqual({ name: 'Winter', revision: 5 });
    expect(states.at(-1)).toEqual({ kind: 'saved', at: Date.parse('2026-11-24T10:00:00Z') });
    expect(saver.isDirty).toBe(false);
  });

  it('saves what was typed while a save was under way after it, never beside it', async () => {
    const { saver, calls, draft } = setUp();
    saver.change({ name: 'One' });
    const first = saver.flush();
    saver.change({ name: 'Two' });
    await Promise.all([first, saver.flush()]);
    expect(calls.map(({ revision, name }) => [revision, name])).toEqual([
      [3, 'One'],
      [4, 'Two'],
    ]);
    expect(draft.name).toBe('Two');
  });

  it('keeps what could not be saved, with what came after it, for the next try', async () => {
    const { saver, draft, faults, states } = setUp();
    faults.push(new ApiError(0, 'unreachable', 'Herald does not answer.', null));
    saver.change({ name: 'One', campaign_id: null });
    await expect(saver.flush()).rejects.toThrow('does not answer');
    expect(states.at(-1)).toEqual({ kind: 'failed', message: 'Herald does not answer.' });
    saver.change({ name: 'Two' });
    await saver.flush();
    expect(draft).toEqual({ name: 'Two', revision: 4 });
  });

  it('writes nothing over what another window has saved', async () => {
    const { saver, draft, states, calls } = setUp();
    Object.assign(draft, { name: 'Theirs', revision: 9 });
    saver.change({ name: 'Mine' });
    await expect(saver.flush()).rejects.toMatchObject({ code: 'draft_changed' });
    saver.change({ name: 'Mine again' });
    expect(states.at(-1)).toEqual({ kind: 'changed' });
    expect(draft.name).toBe('Theirs');
    expect(calls).toHaveLength(1);
  });
});
