import type { MediaKind } from './schema';

export interface FileType {
  kind: MediaKind;
  mimeType: string;
}

/** Bytes of the beginning that are enough to tell. */
export const HEAD_BYTES = 16;

const startsWith = (head: Buffer, bytes: readonly number[], at = 0) =>
  bytes.every((byte, i) => head[at + i] === byte);

/** What a file is by its first bytes, whatever its name or its sender says; null for what no header takes. */
export function fileTypeOf(head: Buffer): FileType | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return { kind: 'image', mimeType: 'image/jpeg' };
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return { kind: 'image', mimeType: 'image/png' };
  }
  if (head.toString('latin1', 0, 5) === '%PDF-') return { kind: 'document', mimeType: 'application/pdf' };
  if (head.toString('latin1', 4, 8) !== 'ftyp') return null;
  const brand = head.toString('latin1', 8, 12);
  // QuickTime, pictures and sound use the same box with brands of their own.
  if (/^3g/.test(brand)) return { kind: 'video', mimeType: 'video/3gpp' };
  return /^(iso|mp4|avc1|dash|M4V|MSNV)/.test(brand) ? { kind: 'video', mimeType: 'video/mp4' } : null;
}
