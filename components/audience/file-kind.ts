import { ReadFailure } from './failure';
import { readZipDirectory, type ZipEntry } from './zip-directory';

export const MAX_TEXT_BYTES = 512 * 1024 * 1024;
export const MAX_WORKBOOK_BYTES = 50 * 1024 * 1024;
/** A workbook is XML, packed to a tenth or less; more than this the browser cannot hold. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;

const WRONG_TITLE = 'This is not a list of recipients';
const SAVE_AS = 'Choose a CSV, TSV or text file, or an Excel workbook (.xlsx).';

const WRONG_KINDS: readonly [magic: string, what: string][] = [
  ['%PDF', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['RIFF', 'a picture or a recording'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'an archive'],
  ['7z\xbc\xaf', 'an archive'],
  ['{\\rtf', 'a text document (RTF)'],
  ['SQLite format 3', 'a database'],
];

/** What a file is, by its content: its name may say anything. Throws ReadFailure for what is no list. */
export async function detectKind(file: Blob): Promise<'text' | 'xlsx'> {
  if (file.size === 0)
    throw new ReadFailure('The file is empty', 'There is nothing in it: choose another file.');
  const head = latin1(await bytesOf(file, 0, 512));
  if (head.startsWith('PK')) return requireWorkbook(file);
  if (head.startsWith('\xd0\xcf\x11\xe0')) throw await oldWorkbook(file);
  const wrong = WRONG_KINDS.find(([magic]) => head.startsWith(magic));
  if (wrong) throw new ReadFailure(WRONG_TITLE, `This file is ${wrong[1]}. ${SAVE_AS}`);
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table)/i.test(head)) {
    throw new ReadFailure(
      WRONG_TITLE,
      'This file is a web page or XML, whatever its name says: open it in a spreadsheet and save it as .xlsx or “CSV UTF-8”.',
    );
  }
  if (file.size > MAX_TEXT_BYTES) throw tooLarge(MAX_TEXT_BYTES, 'A list');
  return 'text';
}

async function requireWorkbook(file: Blob): Promise<'xlsx'> {
  const entries = await readZipDirectory(file);
  if (entries === null) {
    throw new ReadFailure(
      'The file is damaged',
      'It is a workbook or an archive, but its end is missing: copy or download it again.',
    );
  }
  const has = (path: string) => entries.some(({ name }) => name.startsWith(path));
  if (!has('xl/')) throw new ReadFailure(WRONG_TITLE, `This file is ${nameArchive(has)}. ${SAVE_AS}`);
  if (has('xl/workbook.bin')) {
    throw new ReadFailure(
      'This is a binary workbook (.xlsb)',
      'Open it in Excel, choose “Save as”, then “Excel workbook (.xlsx)”, and choose that file.',
    );
  }
  if (file.size > MAX_WORKBOOK_BYTES) throw tooLarge(MAX_WORKBOOK_BYTES, 'A workbook');
  if (unpackedBytes(entries) > MAX_UNPACKED_BYTES) {
    throw new ReadFailure(
      'The workbook is too large',
      'Unpacked it has more than a gigabyte: save the sheet with the recipients as “CSV UTF-8” and choose that file.',
    );
  }
  return 'xlsx';
}

function unpackedBytes(entries: readonly ZipEntry[]): number {
  return entries.filter(({ name }) => name.endsWith('.xml')).reduce((sum, { bytes }) => sum + bytes, 0);
}

function nameArchive(has: (path: string) => boolean): string {
  if (has('word/')) return 'a Word document';
  if (has('ppt/')) return 'a presentation';
  if (has('Index/')) return 'a Numbers or Pages document: export it as CSV';
  if (has('mimetype')) return 'an OpenDocument file: save it as .xlsx or CSV';
  return 'a zip archive: unpack it first';
}

/** The same container holds old workbooks and encrypted new ones, told apart by the name of a stream in it. */
async function oldWorkbook(file: Blob): Promise<ReadFailure> {
  const text = latin1(await bytesOf(file, 0, MAX_WORKBOOK_BYTES));
  if (text.includes([...'EncryptedPackage'].join('\0'))) {
    return new ReadFailure(
      'The workbook is protected by a password',
      'Open it in Excel, choose File › Info › Protect workbook › Encrypt with password, empty the field, save it, and choose it again.',
    );
  }
  return new ReadFailure(
    'This is an old Excel workbook (.xls)',
    'Open it in Excel, choose “Save as”, then “Excel workbook (.xlsx)”, and choose that file.',
  );
}

function tooLarge(maxBytes: number, what: string): ReadFailure {
  return new ReadFailure(
    'The file is too large',
    `${what} may have at most ${maxBytes / 1024 / 1024} MB: divide it into several, one campaign each.`,
  );
}

async function bytesOf(file: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  return text;
}
