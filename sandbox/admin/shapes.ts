import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Sandbox } from '../runtime';
import type { SandboxNumber, Waba } from '../state';

export interface AdminCall {
  box: Sandbox;
  request: IncomingMessage;
  query: URLSearchParams;
  /** The parsed JSON body; undefined without one. */
  body: unknown;
  /** What the address has after the collection's name. */
  id: string;
}

export interface AdminAnswer {
  status: number;
  body: object;
}

export type AdminHandler = (call: AdminCall) => AdminAnswer | Promise<AdminAnswer>;

/** Answered as `{error: {message}}`. */
export class AdminError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const ok = (body: object, status = 200): AdminAnswer => ({ status, body });

/** The body by its schema, or a 400 that names the first wrong field. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new AdminError(400, `${path ? `${path}: ` : ''}${issue?.message ?? 'The body is not valid.'}`);
}

export function findNumber(box: Sandbox, id: string): SandboxNumber {
  const number = box.state.numbers.get(id);
  if (!number) throw new AdminError(404, `There is no sandbox number with the id ${id}.`);
  return number;
}

export function findWaba(box: Sandbox, id: string | undefined): Waba {
  const waba = box.state.wabas.get(id ?? '');
  if (!waba) throw new AdminError(404, `There is no sandbox account with the id ${id ?? '(none given)'}.`);
  return waba;
}
