import type { ServerResponse } from 'node:http';

export interface Failure {
  status: number;
  code: string;
  /** One sentence a person can act on. */
  message: string;
  headers?: Record<string, string>;
}

/** The contract's error body, for what is answered before or instead of a route handler. */
export function answerFailure(response: ServerResponse, { status, code, message, headers }: Failure): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
  response.end(JSON.stringify({ success: false, error: { code, message, issues: [] } }));
}
