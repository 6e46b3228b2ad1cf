import { randomUUID } from 'node:crypto';
import NextAuth from 'next-auth';
import { getEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { failureResponse } from '@/lib/http/failure';
import { answerNoRoute } from '@/lib/http/no-route';
import { json } from '@/lib/http/respond';
import { authOptions } from './next-auth';

interface NextAuthContext {
  params: Promise<{ nextauth: string[] }>;
}

const maxBodyBytes = 16 * 1024;

/** What next-auth answers; to anything else under the prefix it would say 400 in plain text. */
const ownRoutes = [
  'providers',
  'session',
  'csrf',
  'signin',
  'signout',
  'callback',
  'verify-request',
  'error',
];

/** next-auth's own routes: bounded bodies, the gate's headers, and where we are reached from the request. */
export async function handleNextAuth(request: Request, context: NextAuthContext): Promise<Response> {
  const requestId = randomUUID();
  const response = await answer(request, context).catch((error: unknown) =>
    failureResponse(error, requestId),
  );
  response.headers.set('X-Request-Id', requestId);
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
  return response;
}

async function answer(request: Request, context: NextAuthContext): Promise<Response> {
  const { nextauth } = await context.params;
  // Lets any visitor write to the log.
  if (nextauth[0] === '_log') return json(200, {});
  if (!ownRoutes.includes(nextauth[0] ?? '')) return answerNoRoute();
  if (request.method === 'POST') await checkBody(request);
  const origin = requestOrigin(request);
  const response: unknown = await NextAuth(request as never, context as never, authOptions(origin));
  return sendBackTo(origin, response as Response);
}

// next-auth reads whatever comes, so the length must be known before; and takes broken JSON for its own fault.
async function checkBody(request: Request): Promise<void> {
  const length = request.headers.get('content-length');
  if (length === null || Number(length) > maxBodyBytes) {
    throw new AppError(
      'too_large',
      'body_too_large',
      'Send a body of at most 16 KiB, with its Content-Length.',
    );
  }
  if (!request.headers.get('content-type')?.includes('application/json')) return;
  await request
    .clone()
    .json()
    .catch(() => {
      throw new AppError('malformed', 'malformed_json', 'The body is not valid JSON.');
    });
}

// What next-auth takes for its address unless NEXTAUTH_URL is set, which could name only one of several.
const assumedOrigin = 'http://localhost:3000';

/** Redirects, cookies and JSON answers, at the address the browser knows us by. */
async function sendBackTo(origin: string, response: Response): Promise<Response> {
  const atOrigin = (text: string) =>
    text
      .replaceAll(assumedOrigin, origin)
      .replaceAll(encodeURIComponent(assumedOrigin), encodeURIComponent(origin));
  const headers = new Headers(response.headers);
  const cookies = response.headers.getSetCookie();
  headers.delete('set-cookie');
  for (const cookie of cookies) headers.append('set-cookie', atOrigin(cookie));
  const location = response.headers.get('location');
  if (location !== null) headers.set('location', atOrigin(location));
  const isJson = response.headers.get('content-type') === 'application/json';
  const body = isJson ? atOrigin(await response.text()) : response.body;
  return new Response(body, { status: response.status, headers });
}

// Behind https PUBLIC_URL is the truth; on plain http the same server answers to localhost, 127.0.0.1 and
// its name on the network alike.
function requestOrigin(request: Request): string {
  const publicUrl = new URL(getEnv().publicUrl);
  const host = request.headers.get('host');
  return publicUrl.protocol === 'https:' || !host ? publicUrl.origin : `http://${host}`;
}
