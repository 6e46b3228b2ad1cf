/** A failed call of the API, in the contract's words. */
export class ApiError extends Error {
  constructor(
    /** 0: no answer at all. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly issues: readonly { path: string; message: string }[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What a person reads when something went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'Something went wrong in this page; reload it.';
}

/** A refusal stays a refusal; only silence, overload and faults on the other side may pass. */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

const TIMEOUT_MS = 20_000;

/** Calls the API with the session cookie; a form goes as multipart. Throws ApiError; an ended session goes to the sign-in page and back. */
export async function callApi<T>(
  path: string,
  init: {
    method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    body?: unknown;
    signal?: AbortSignal;
    timeoutMs?: number;
  } = {},
): Promise<{ body: T; headers: Headers }> {
  const timeout = AbortSignal.timeout(init.timeoutMs ?? TIMEOUT_MS);
  const response = await fetch(path, {
    method: init.method ?? 'GET',
    ...encoded(init.body),
    signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
  }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  });
  if (response.ok) return { body: (await response.json()) as T, headers: response.headers };
  if (response.status === 401) leaveForSignIn();
  throw await toApiError(response);
}

/** The browser itself names a form's boundary. */
function encoded(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** No answer at all. */
export function unreachable(): ApiError {
  return new ApiError(
    0,
    'unreachable',
    'Herald does not answer. Check that it is running, then try again.',
    null,
  );
}

/** A failed answer in the contract's words. */
export async function toApiError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as {
    error?: { code?: unknown; message?: unknown; issues?: { path: string; message: string }[] };
  } | null;
  const { code, message, issues } = body?.error ?? {};
  return new ApiError(
    response.status,
    typeof code === 'string' ? code : 'unknown',
    typeof message === 'string' ? message : `Herald answered with an error (${response.status}); try again.`,
    response.headers.get('x-request-id'),
    Array.isArray(issues) ? issues : [],
  );
}

/** To the sign-in page, and back here after it. */
export function leaveForSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/login?callbackUrl=${encodeURIComponent(here)}`);
}
