export interface ZipEntry {
  name: string;
  /** Unpacked, as the archive says. */
  bytes: number;
}

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const END_MAGIC = 0x06054b50;
const ENTRY_MAGIC = 0x02014b50;

/** What is in a zip archive, from the directory at its end, nothing unpacked; null where there is none. */
export async function readZipDirectory(file: Blob): Promise<ZipEntry[] | null> {
  const tailStart = Math.max(0, file.size - END_BYTES - MAX_COMMENT_BYTES);
  const tail = new DataView(await file.slice(tailStart).arrayBuffer());
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END_MAGIC) end -= 1;
  if (end < 0) return null;
  const start = tail.getUint32(end + 16, true);
  const directory = await file.slice(start, start + tail.getUint32(end + 12, true)).arrayBuffer();
  return readEntries(new DataView(directory));
}

function readEntries(view: DataView): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const decoder = new TextDecoder();
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === ENTRY_MAGIC;) {
    const nameBytes = view.getUint16(at + 28, true);
    if (at + 46 + nameBytes > view.byteLength) break;
    const name = decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes));
    entries.push({ name, bytes: view.getUint32(at + 24, true) });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
