import type { RouteHandler } from '@/lib/http/route';

export interface TestCall {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  body?: unknown;
  params?: Record<string, string>;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: { code: string; message: string; issues: Issue[] } };
}

interface Issue {
  path: string;
  message: string;
}

/** Calls a route handler as Next would, without a server. */
export async function callRoute(handler: RouteHandler, call: TestCall = {}): Promise<TestAnswer> {
  const method = call.method ?? (call.body === undefined ? 'GET' : 'POST');
  const headers = new Headers(call.headers);
  if (call.body !== undefined && !headers.has('content-type'))
    headers.set('content-type', 'application/json');
  const request = new Request(`http://127.0.0.1:3000${call.path ?? '/api/things'}`, {
    method,
    headers,
    ...(call.body === undefined
      ? {}
      : { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  });
  const response = await handler(request, { params: Promise.resolve(call.params ?? {}) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as TestAnswer['body'],
  };
}
