import { pickFields } from './fields';
import { failure, invalidParameter, isFailure, type GraphFailure } from './graph-errors';
import { TEMPLATE_FIELDS, templateNode } from './node-views';
import type { Waba } from './state';
import type { GraphTemplate } from './template';

const USUAL_PAGE = 25;

export interface TemplatePage {
  data: object[];
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}

interface PageOptions {
  cursorTtlMs: number;
  largestPage: number;
  nowMs: number;
  /** Scheme, host and version, to write `next` as Graph does: an address with everything in it. */
  baseUrl: string;
}

function writeCursor(wabaId: string, position: number, nowMs: number): string {
  return Buffer.from(JSON.stringify([wabaId, position, nowMs])).toString('base64url');
}

/** The position a cursor stands at, or null when it is not one of this account, or too old. */
function readCursor(cursor: string, wabaId: string, options: PageOptions): number | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parsed)) return null;
    const [waba, position, madeAt] = parsed as unknown[];
    if (waba !== wabaId || typeof position !== 'number' || typeof madeAt !== 'number') return null;
    const expired = options.cursorTtlMs > 0 && options.nowMs - madeAt > options.cursorTtlMs;
    return expired ? null : position;
  } catch {
    return null;
  }
}

function matches(template: GraphTemplate, query: URLSearchParams): boolean {
  const wants = (key: string, value: string): boolean => {
    const asked = query.get(key);
    return asked === null || asked.split(',').some((one) => one.toLowerCase() === value.toLowerCase());
  };
  return (
    wants('status', template.status) &&
    wants('name', template.name) &&
    wants('language', template.language) &&
    wants('category', template.category)
  );
}

/** GET /{waba-id}/message_templates: filtered, a page at a time; the last page has no `next`. */
export function listTemplates(
  waba: Waba,
  query: URLSearchParams,
  options: PageOptions,
): TemplatePage | GraphFailure {
  const limit = Number(query.get('limit') ?? USUAL_PAGE);
  if (!Number.isInteger(limit) || limit < 1)
    return invalidParameter('Param limit must be a positive integer.');
  const found = waba.templates.filter((template) => matches(template, query));
  const range = pageRange(waba, query, options, Math.min(limit, options.largestPage), found.length);
  if ('code' in range) return range;
  const [start, end] = range;
  const data: object[] = [];
  for (const template of found.slice(start, end)) {
    const node = pickFields(templateNode(template), query.get('fields'), TEMPLATE_FIELDS, 'MessageTemplate');
    if (isFailure(node)) return node;
    data.push(node);
  }
  if (data.length === 0) return { data };
  const cursor = (position: number): string => writeCursor(waba.id, position, options.nowMs);
  const link = (key: 'after' | 'before', position: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.delete('after');
    parameters.delete('before');
    parameters.set(key, cursor(position));
    return `${options.baseUrl}/${waba.id}/message_templates?${parameters.toString()}`;
  };
  return {
    data,
    paging: {
      cursors: { before: cursor(start), after: cursor(end) },
      ...(end < found.length ? { next: link('after', end) } : {}),
      ...(start > 0 ? { previous: link('before', start) } : {}),
    },
  };
}

function pageRange(
  waba: Waba,
  query: URLSearchParams,
  options: PageOptions,
  limit: number,
  total: number,
): [number, number] | GraphFailure {
  const after = query.get('after');
  const before = query.get('before');
  if (before !== null && after === null) {
    const end = readCursor(before, waba.id, options);
    return end === null ? failure(131059) : [Math.max(0, end - limit), end];
  }
  const start = after === null ? 0 : readCursor(after, waba.id, options);
  return start === null ? failure(131059) : [start, Math.min(total, start + limit)];
}
