'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, messageOf } from '@/components/api/request';
import { useLatest } from '@/components/api/use-latest';
import type { Audience, Delimiter, Encoding } from '@/components/audience/types';
import { useAudience } from '@/components/audience/use-audience';
import { fetchDraftFile, putDraftFile } from './api';
import type { DraftState } from './use-draft';

/** Whether the file is on the server too, so that another device can go on with it. */
export type Keeping =
  | { kind: 'none' }
  | { kind: 'fetching' }
  | { kind: 'fetch_failed' }
  /** The server removed it: somebody in it was erased. */
  | { kind: 'erased'; message: string }
  | { kind: 'uploading'; share: number }
  | { kind: 'kept' }
  | { kind: 'failed'; message: string };

export interface ListState {
  audience: Audience;
  keeping: Keeping;
  /** Rises with each file chosen: what was known of the last one holds no more. */
  generation: number;
  choose: (file: File) => void;
  paste: (text: string) => void;
  /** Reads the same file as a person says it is; null: as it is found. */
  readAs: (how: { encoding?: Encoding | null; delimiter?: Delimiter | null }) => void;
  remove: () => void;
  /** Sends the file to the draft, or fetches it from there, once more. */
  tryAgain: () => void;
}

type Source = File | { name: string; text: string };

const PASTED_NAME = 'Pasted rows.txt';

/** The list of a draft: read in a worker of the browser, kept with the draft on the server. */
export function useList(draft: DraftState): ListState {
  const audience = useAudience();
  const latest = useLatest({ audience, draft });
  const [source, setSource] = useState<Source | null>(null);
  const [generation, setGeneration] = useState(0);
  const { keeping, setKeeping, stopKeeping, keep } = useKeeping(draft.id);

  const take = useCallback(
    (next: Source) => {
      const { audience, draft } = latest.current;
      stopKeeping();
      setSource(next);
      setGeneration((n) => n + 1);
      audience.read(next);
      const kind = !(next instanceof File) ? 'pasted' : /\.xls[xm]?$/i.test(next.name) ? 'xlsx' : 'text';
      // Another list: it is not the one that was made of another campaign.
      const file = { name: next.name, kind, encoding: null, delimiter: null } as const;
      draft.update({ file, edits: [], follows: null });
    },
    [latest, stopKeeping],
  );

  const restore = useCallback(() => {
    const { id, contents } = latest.current.draft;
    const { file, edits } = contents;
    if (!file) return undefined;
    const fetching = new AbortController();
    setKeeping({ kind: 'fetching' });
    fetchDraftFile(id, file.name, fetching.signal).then(
      async (kept) => {
        const found = file.kind === 'pasted' ? { name: file.name, text: await kept.text() } : kept;
        if (fetching.signal.aborted) return;
        setSource(found);
        const { encoding, delimiter } = file;
        const how = { ...(encoding && { encoding }), ...(delimiter && { delimiter }), edits };
        latest.current.audience.read(found, how);
        setKeeping({ kind: 'kept' });
      },
      (error: unknown) => {
        if (fetching.signal.aborted) return;
        const isErased = error instanceof ApiError && error.code === 'draft_file_erased';
        setKeeping(isErased ? { kind: 'erased', message: error.message } : { kind: 'fetch_failed' });
      },
    );
    return () => fetching.abort();
  }, [latest, setKeeping]);
  useEffect(restore, [restore]);

  // Only what could be read is worth keeping.
  useEffect(() => {
    if (audience.state === 'ready' && source && keeping.kind === 'none') keep(source);
  }, [audience.state, source, keeping.kind, keep]);

  const readAs = useCallback<ListState['readAs']>(
    (how) => {
      const { audience, draft } = latest.current;
      if (!source || !draft.contents.file) return;
      const file = { ...draft.contents.file, ...how };
      const { encoding, delimiter } = file;
      // Rows and columns are others now: corrections made to the old ones would land anywhere.
      draft.update({ file, edits: [] });
      setGeneration((n) => n + 1);
      audience.read(source, { ...(encoding && { encoding }), ...(delimiter && { delimiter }) });
    },
    [latest, source],
  );

  const remove = useCallback(() => {
    const { audience, draft } = latest.current;
    stopKeeping();
    audience.clear();
    setSource(null);
    draft.update({ file: null, edits: [], attested: false, follows: null });
  }, [latest, stopKeeping]);

  return {
    audience,
    keeping,
    generation,
    choose: take,
    paste: (text) => take({ name: PASTED_NAME, text }),
    readAs,
    remove,
    tryAgain: () => {
      if (source) keep(source);
      else restore();
    },
  };
}

function useKeeping(draftId: string) {
  const [keeping, setKeeping] = useState<Keeping>({ kind: 'none' });
  const upload = useRef<AbortController | null>(null);

  const stopKeeping = useCallback(() => {
    upload.current?.abort();
    upload.current = null;
    setKeeping({ kind: 'none' });
  }, []);

  const keep = useCallback(
    (source: Source) => {
      upload.current?.abort();
      const { signal } = (upload.current = new AbortController());
      const tell = (next: Keeping) => {
        if (!signal.aborted) setKeeping(next);
      };
      const file = source instanceof File ? source : new File([source.text], source.name);
      tell({ kind: 'uploading', share: 0 });
      const onProgress = (share: number) => tell({ kind: 'uploading', share });
      putDraftFile(draftId, file, { onProgress, signal }).then(
        () => tell({ kind: 'kept' }),
        (error: unknown) => tell({ kind: 'failed', message: messageOf(error) }),
      );
    },
    [draftId],
  );
  return { keeping, setKeeping, stopKeeping, keep };
}
