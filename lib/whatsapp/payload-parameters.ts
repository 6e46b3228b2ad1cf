import type { Slot } from '@/lib/templates/slots';
import { mediaIdOf } from '@/lib/templates/values/media-reference';
import { parseMoment } from '@/lib/templates/values/moment';
import type { ParameterBuilder } from './builders';
import type { MessageParameter } from './types';

/** Our id of an uploaded file → what WhatsApp knows it by, and the name a document shows. */
export type UploadedMedia = ReadonlyMap<string, { graphId: string; fileName: string }>;

type MediaKind = 'image' | 'video' | 'document';

/** A header's picture, video or document: by link, or by the id of the uploaded file. */
export function mediaParameter(
  key: string,
  kind: MediaKind,
  media: UploadedMedia | undefined,
): ParameterBuilder {
  return (params) => {
    const value = params[key] ?? '';
    const mediaId = mediaIdOf(value);
    if (mediaId === null) return linked(kind, value);
    const file = media?.get(mediaId);
    if (!file) throw new Error('A message names an uploaded file that was not made ready.');
    return uploaded(kind, file);
  };
}

function linked(kind: MediaKind, link: string): MessageParameter {
  switch (kind) {
    case 'image':
      return { type: 'image', image: { link } };
    case 'video':
      return { type: 'video', video: { link } };
    case 'document':
      return { type: 'document', document: { link, ...filenameOf(link) } };
  }
}

function uploaded(
  kind: MediaKind,
  { graphId: id, fileName }: { graphId: string; fileName: string },
): MessageParameter {
  switch (kind) {
    case 'image':
      return { type: 'image', image: { id } };
    case 'video':
      return { type: 'video', video: { id } };
    case 'document':
      return {
        type: 'document',
        document: fileName === '' ? { id } : { id, filename: fileName.slice(0, MAX_FILENAME) },
      };
  }
}

/** Four slots make the one parameter of a location header. */
export function locationParameter(slots: readonly Slot[]): ParameterBuilder {
  const fields = slots.flatMap((slot) =>
    slot.kind === 'location' ? [{ key: slot.key, field: slot.field }] : [],
  );
  return (params) => {
    const location = { latitude: '', longitude: '', name: '', address: '' };
    for (const { key, field } of fields) location[field] = params[key] ?? '';
    return { type: 'location', location };
  };
}

/** A moment that cannot be read goes out as none, which WhatsApp refuses for that recipient alone. */
export function offerParameter(key: string): ParameterBuilder {
  return (params) => ({
    type: 'limited_time_offer',
    limited_time_offer: { expiration_time_ms: parseMoment(params[key] ?? '') },
  });
}

const MAX_FILENAME = 240;

/** What WhatsApp shows as the document's name: the last part of its address. */
function filenameOf(link: string): { filename?: string } {
  if (!URL.canParse(link)) return {};
  const last = new URL(link).pathname.split('/').pop() ?? '';
  const filename = decoded(last).slice(0, MAX_FILENAME);
  return filename === '' ? {} : { filename };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
