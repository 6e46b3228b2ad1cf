import { mkdtemp, open, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from './errors';

/** A temporary file that has no name any more, so that it goes with the process however that ends. */
export async function openUnnamedFile(): Promise<FileHandle> {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-upload-'));
  const name = path.join(directory, 'file');
  const file = await open(name, 'wx+', 0o600);
  await rm(name, { force: true });
  await rmdir(directory);
  return file;
}

/** The 503 for a disk that is full, undefined for any other failure. */
export function asStorageFull(error: unknown): AppError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EMFILE') return undefined;
  const message = 'The server has no room for this upload; try again later.';
  return new AppError('unavailable', 'storage_full', message, { retryAfterSeconds: 60 });
}

/** The 413 for a file above MAX_UPLOAD_MB. */
export function uploadTooLarge(maxBytes: number): AppError {
  const mib = Math.floor(maxBytes / 1024 / 1024);
  return new AppError(
    'too_large',
    'upload_too_large',
    `The file is larger than the ${mib} MiB accepted here: split it, or raise MAX_UPLOAD_MB.`,
  );
}
