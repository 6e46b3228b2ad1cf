import { invalidParameter, type GraphFailure } from './graph-errors';
import { makeObjectId } from './identifiers';
import type { Sandbox } from './runtime';

export const MEDIA_LIMIT_BYTES = 100 * 1024 * 1024;

/** Largest file by kind, in bytes. */
const KINDS: readonly { type: string; pattern: RegExp; limit: number }[] = [
  { type: 'image', pattern: /^image\/(jpeg|png)$/, limit: 5 * 1024 * 1024 },
  { type: 'video', pattern: /^video\/(mp4|3gpp)$/, limit: 16 * 1024 * 1024 },
  { type: 'document', pattern: /^application\/pdf$/, limit: MEDIA_LIMIT_BYTES },
];

interface Part {
  name: string;
  type: string;
  content: Buffer;
}

/** The parts of a small multipart body; enough of RFC 7578 for what HTTP clients send. */
export function parseMultipart(body: Buffer, contentType: string): Part[] | null {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return null;
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', at);
    if (headEnd < 0 || headEnd > next) return null;
    const head = body.toString('utf8', at + mark.length, headEnd);
    parts.push({
      name: /name="([^"]*)"/i.exec(head)?.[1] ?? '',
      type: /content-type: *([^\r\n;]+)/i.exec(head)?.[1]?.trim().toLowerCase() ?? '',
      content: body.subarray(headEnd + 4, next - 2),
    });
    at = next;
  }
  return parts;
}

/** POST /{phone-number-id}/media: keeps nothing of the file but its id. */
export function uploadMedia(
  box: Sandbox,
  numberId: string,
  body: Buffer | null,
  contentType: string,
): { id: string } | GraphFailure {
  const parts = body && parseMultipart(body, contentType);
  const product = parts?.find((part) => part.name === 'messaging_product')?.content.toString();
  if (product !== 'whatsapp') return invalidParameter('The parameter messaging_product is required.');
  const file = parts?.find((part) => part.name === 'file');
  if (!file || file.content.length === 0) return invalidParameter('The parameter file is required.');
  const kind = KINDS.find(({ pattern }) => pattern.test(file.type));
  if (!kind) {
    return invalidParameter(
      `Param file must be a file with one of the following types: image/jpeg, image/png, video/mp4, video/3gpp, application/pdf. Received file of type '${file.type}'.`,
    );
  }
  if (file.content.length > kind.limit) {
    return invalidParameter(`Param file must be at most ${kind.limit} bytes.`);
  }
  const id = makeObjectId();
  box.media.add({ id, numberId, type: kind.type });
  return { id };
}
