import { databaseErrorCode } from '@/lib/database-error-code';

// SQLSTATE 22 (data exception), 23 (constraint), 54 (too big): the row's own fault, and so it would stay.
const POISON = /^(22|23|54)\w{3}$/;

/** Whether a statement failed because of what is in its rows; else the database's state is to blame. */
export function isPoison(error: unknown): boolean {
  return POISON.test(databaseErrorCode(error) ?? '');
}

/** Whether it lost against another transaction and may simply be tried again. */
export function isCollision(error: unknown): boolean {
  return /^40(001|P01)$/.test(databaseErrorCode(error) ?? '');
}
