import { useEffect, useRef, useState } from 'react';
import type { Media, MediaKind } from '@/lib/media/schema';
import { MEDIA_RULES } from '@/lib/media/schema';
import { uploadMedia } from './media-api';

export type UploadState =
  { kind: 'idle' } | { kind: 'running'; share: number } | { kind: 'failed'; message: string };

/** One upload at a time; a newer one takes the place of the one before, and leaving the page ends it. */
export function useMediaUpload(kind: MediaKind, onDone: (media: Media) => void) {
  const [state, setState] = useState<UploadState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (file: File) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setState({ kind: 'running', share: 0 });
    try {
      const onProgress = (share: number) => {
        if (!signal.aborted) setState({ kind: 'running', share });
      };
      const media = await uploadMedia(file, { onProgress, signal });
      if (signal.aborted) return;
      if (media.kind !== kind) {
        const message = `This is another kind of file than the header takes: ${MEDIA_RULES[kind].words}.`;
        return setState({ kind: 'failed', message });
      }
      setState({ kind: 'idle' });
      onDone(media);
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : 'The upload failed: try again.';
      setState({ kind: 'failed', message });
    }
  };
  return { state, start };
}
