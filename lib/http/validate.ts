import type { z } from 'zod';
import { AppError, type Issue } from '@/lib/errors';
import { plainWords } from './plain-words';
import { maxIssues } from './respond';

type RawIssue = z.core.$ZodIssue;

/** `recipients[3].phone_number`, as the contract writes it. */
export function issuePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, '');
}

/** Zod's issues in the contract's shape: every unknown key by name, of a union the closest branch. */
export function toIssues(raw: readonly RawIssue[], prefix: readonly PropertyKey[] = []): Issue[] {
  const found: Issue[] = [];
  for (const issue of raw) {
    if (found.length >= maxIssues) break;
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        found.push({
          path: issuePath([...path, key]),
          message: 'This field is not known here; leave it out.',
        });
      }
    } else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const closest = issue.errors.reduce((best, other) => (other.length < best.length ? other : best));
      found.push(...toIssues(closest, path));
    } else {
      found.push({ path: issuePath(path), message: issue.message });
    }
  }
  return found.slice(0, maxIssues);
}

/** The 422 that names what is wrong. */
export function validationFailed(issues: Issue[]): AppError {
  const [first] = issues;
  const message =
    first && issues.length === 1
      ? `${first.path ? `${first.path}: ` : ''}${first.message}`
      : `${issues.length === maxIssues ? 'At least ' : ''}${issues.length} things in the request are not valid; see issues.`;
  return new AppError('invalid', 'validation_failed', message, { issues });
}

/** Parses with the schema, or throws the 422. */
export async function validate(schema: z.ZodType, value: unknown): Promise<unknown> {
  const result = await schema.safeParseAsync(value, { error: plainWords });
  if (result.success) return result.data;
  throw validationFailed(toIssues(result.error.issues));
}

const noNul = 'Holds a character that cannot be stored (NUL or half of an emoji); remove it.';
// With the u flag a surrogate matches only when it stands alone.
const unstorable = /[\0\ud800-\udfff]/u;

/** PostgreSQL stores neither NUL nor lone surrogates: refused here, where the place can be named. */
export function refuseUnstorableText(value: unknown): void {
  const issues: Issue[] = [];
  const stack: { value: unknown; path: PropertyKey[] }[] = [{ value, path: [] }];
  for (let next = stack.pop(); next && issues.length < maxIssues; next = stack.pop()) {
    const { path } = next;
    if (typeof next.value === 'string') {
      if (unstorable.test(next.value)) issues.push({ path: issuePath(path), message: noNul });
    } else if (Array.isArray(next.value)) {
      next.value.forEach((item, i) => stack.push({ value: item, path: [...path, i] }));
    } else if (typeof next.value === 'object' && next.value !== null) {
      for (const [key, item] of Object.entries(next.value)) {
        if (unstorable.test(key)) issues.push({ path: issuePath(path), message: noNul });
        stack.push({ value: item, path: [...path, key] });
      }
    }
  }
  if (issues.length > 0) throw validationFailed(issues);
}
