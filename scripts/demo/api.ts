import { StartError } from '../product/steps';

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
}

interface Failure {
  error?: { code?: string; message?: string; issues?: { path: string; message: string }[] };
}

/** An answer of the API that is no success. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A client of Herald's public API, as any program could be: nothing here knows the inside. */
export class ApiClient {
  private accessToken = '';
  private refreshToken = '';

  /** `timeoutMs`: how long one answer may take. */
  constructor(
    private readonly url: string,
    private readonly timeoutMs = 60_000,
  ) {}

  async signIn(path: '/api/auth/login' | '/api/auth/signup', body: object): Promise<void> {
    this.keep((await this.call('POST', path, body)) as TokenAnswer);
  }

  async get<T>(path: string): Promise<T> {
    return (await this.request('GET', path)) as T;
  }

  async post<T>(path: string, body: object = {}): Promise<T> {
    return (await this.request('POST', path, body)) as T;
  }

  private keep(answer: TokenAnswer): void {
    this.accessToken = answer.access_token;
    this.refreshToken = answer.refresh_token;
  }

  /** Access tokens are short-lived: on the first 401 a new pair is asked for, once. */
  private async request(method: string, path: string, body?: object): Promise<unknown> {
    try {
      return await this.call(method, path, body);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || !this.refreshToken) throw error;
      this.keep(
        (await this.call('POST', '/api/auth/refresh', { refresh_token: this.refreshToken })) as TokenAnswer,
      );
      return this.call(method, path, body);
    }
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.accessToken ? { Authorization: `Bearer ${this.accessToken}` } : {}),
        ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const text = await response.text();
    const answer = parseJson(text);
    if (response.ok) return answer;
    const { message = text.slice(0, 200), issues = [] } = (answer as Failure | undefined)?.error ?? {};
    const [issue] = issues;
    const detail = issue ? ` (${issue.path}: ${issue.message})` : '';
    throw new ApiError(response.status, `${method} ${path} answered ${response.status}: ${message}${detail}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The demo's own end: what a person should read when the API refuses something. */
export function explainDemo(error: unknown): StartError {
  return new StartError(`The demo stopped: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}
