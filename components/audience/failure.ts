import { AppError } from '@/lib/errors';
import type { AudienceFailure } from './types';

/** Why a list cannot be read, in words for the person who chose it. */
export class ReadFailure extends Error {
  constructor(
    readonly title: string,
    /** What to do about it. */
    message: string,
  ) {
    super(message);
    this.name = 'ReadFailure';
  }
}

/** The reader's own refusals, which the server words in the same way. */
const TITLES: Readonly<Record<string, string>> = {
  csv_not_text: 'This is not a list of recipients',
  csv_encoding: 'The characters in this file cannot be read',
  csv_open_quote: 'A quote is left open',
  csv_malformed_quotes: 'A quote is not closed',
  csv_row_too_long: 'A row is too long',
  csv_too_many_columns: 'There are too many columns',
};

/** What to tell of anything that stopped the reading. */
export function toFailure(error: unknown): AudienceFailure {
  if (error instanceof ReadFailure) return { title: error.title, message: error.message };
  if (error instanceof AppError) {
    return { title: TITLES[error.code] ?? 'The list cannot be read', message: error.message };
  }
  if (error instanceof DOMException) {
    return {
      title: 'The file is not there any more',
      message: 'It was moved, deleted or changed after it was chosen: choose it again.',
    };
  }
  return {
    title: 'The list could not be read',
    message: 'Something in it was not expected: save it as “CSV UTF-8” and choose that file.',
  };
}
