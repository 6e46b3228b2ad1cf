import { expect } from 'vitest';
import type { Answer } from './harness';
import { objections } from './meta-schema';

/** Meta's shape exactly: a Graph error says what went wrong in `error`, and nothing beside it. */
export function expectGraphError(answer: Answer, status: number, code: number): void {
  expect(answer.status).toBe(status);
  expect(objections('GraphAPIError', answer.body)).toEqual([]);
  expect(Object.keys(answer.body)).toEqual(['error']);
  expect(answer.body.error).toMatchObject({ code, fbtrace_id: expect.any(String) as string });
}
