import { upload } from '@/components/api/upload';
import type { Media } from '@/lib/media/schema';

/** Keeps a file for headers. Throws ApiError with what WhatsApp takes when it is not that. */
export async function uploadMedia(
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Media> {
  const body = new FormData();
  body.set('file', file);
  const answer = await upload<{ media: Media }>({
    method: 'POST',
    path: '/api/media',
    body,
    onProgress,
    signal,
  });
  return answer.body.media;
}

/** Where an uploaded file can be seen. */
export function mediaAddress(mediaId: string): string {
  return `/api/media/${mediaId}/content`;
}
