import { clsx, type ClassValue } from 'clsx';

/** Joins class names. Two that set the same thing do not go together: choose one, or mark the stronger with `!`. */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
