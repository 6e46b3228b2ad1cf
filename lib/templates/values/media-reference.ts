const REFERENCE = /^media:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** How a value names a file that was uploaded here instead of linking one. */
export function mediaReference(mediaId: string): string {
  return `media:${mediaId}`;
}

/** The uploaded file a value names; null for a link, or for nothing (browser-safe). */
export function mediaIdOf(value: string): string | null {
  return REFERENCE.exec(value)?.[1]?.toLowerCase() ?? null;
}

/** Whether a parameter is a header's picture, video or document, of the message or of one of its cards. */
export function isMediaKey(key: string): boolean {
  return /^(card_\d+_)?header_media_url$/.test(key);
}
