'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Draft, DraftContents } from '@/lib/drafts/schema';
import { saveDraft } from './api';
import { DraftSaver, type Changes, type SaveState } from './draft-saver';

export interface DraftState {
  id: string;
  name: string;
  contents: DraftContents;
  saved: SaveState;
  setName: (name: string) => void;
  /** Changes some of the contents; the function form sees those of now. */
  update: (changes: Partial<DraftContents> | ((contents: DraftContents) => Partial<DraftContents>)) => void;
  /** Saves now, with changes that stand beside the contents. Throws ApiError. */
  flush: (changes?: Changes) => Promise<void>;
}

/** A draft that saves itself. */
export function useDraft(initial: Draft): DraftState {
  const [name, setNameState] = useState(initial.name);
  const [contents, setContents] = useState(initial.contents);
  const [saved, setSaved] = useState<SaveState>({ kind: 'saved', at: Date.parse(initial.updated_at) });
  const [keeper] = useState(() => {
    const save = (changes: Parameters<typeof saveDraft>[1]) => saveDraft(initial.id, changes);
    const saver = new DraftSaver({ revision: initial.revision, save, onState: setSaved });
    return { saver, contents: initial.contents };
  });

  useEffect(() => {
    const { saver } = keeper;
    const save = () => {
      if (document.visibilityState === 'hidden') saver.leave();
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (!saver.isDirty) return;
      saver.leave();
      event.preventDefault();
    };
    document.addEventListener('visibilitychange', save);
    window.addEventListener('beforeunload', warn);
    return () => {
      document.removeEventListener('visibilitychange', save);
      window.removeEventListener('beforeunload', warn);
      saver.leave();
    };
  }, [keeper]);

  const update = useCallback<DraftState['update']>(
    (changes) => {
      const more = typeof changes === 'function' ? changes(keeper.contents) : changes;
      keeper.contents = { ...keeper.contents, ...more };
      setContents(keeper.contents);
      keeper.saver.change({ contents: keeper.contents });
    },
    [keeper],
  );
  const setName = useCallback(
    (next: string) => {
      setNameState(next);
      keeper.saver.change({ name: next });
    },
    [keeper],
  );
  const flush = useCallback(
    async (changes?: Changes) => {
      if (changes) keeper.saver.change(changes);
      await keeper.saver.flush();
    },
    [keeper],
  );
  return { id: initial.id, name, contents, saved, setName, update, flush };
}
