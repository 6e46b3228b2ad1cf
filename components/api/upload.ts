import { leaveForSignIn, toApiError, unreachable } from './request';

export interface UploadCall {
  method: 'POST' | 'PUT';
  path: string;
  body: Blob | FormData;
  headers?: Record<string, string>;
  /** 0–1, as the bytes leave. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends a file and tells how far it is, which fetch cannot. Throws ApiError, or the signal's reason. Without a time
 * limit: a big file over a thin line takes what it takes.
 */
export async function upload<T>(call: UploadCall): Promise<{ body: T; headers: Headers }> {
  const response = await sendBytes(call);
  if (response.ok) return { body: (await response.json()) as T, headers: response.headers };
  if (response.status === 401) leaveForSignIn();
  throw await toApiError(response);
}

async function sendBytes({ method, path, body, headers, onProgress, signal }: UploadCall): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(toResponse(request));
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject((signal?.reason ?? new DOMException('Stopped.', 'AbortError')) as Error);
    signal?.addEventListener('abort', () => request.abort());
    if (signal?.aborted) request.abort();
    else request.send(body);
  });
}

function toResponse(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const [name = '', ...value] = line.split(':');
    if (name) headers.append(name, value.join(':').trim());
  }
  return new Response(request.responseText, { status: request.status, headers });
}
