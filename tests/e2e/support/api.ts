import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import { campaignShape, failureShape, recipientPageShape, type Campaign, type Recipient } from './shapes';

export interface Account {
  email: string;
  password: string;
  user: { id: string; email: string; name: string | null };
  refreshToken: string;
  api: Api;
}

/** Herald's API as any program sees it: HTTP and a token, nothing of the inside. */
export class Api {
  constructor(
    private readonly request: APIRequestContext,
    readonly token: string | undefined,
  ) {}

  get(path: string): Promise<APIResponse> {
    return this.call('GET', path);
  }

  post(path: string, data?: unknown, headers: Record<string, string> = {}): Promise<APIResponse> {
    return this.call('POST', path, data, headers);
  }

  patch(path: string, data: unknown): Promise<APIResponse> {
    return this.call('PATCH', path, data);
  }

  delete(path: string): Promise<APIResponse> {
    return this.call('DELETE', path);
  }

  upload(form: Record<string, string | CsvFile>, headers: Record<string, string> = {}): Promise<APIResponse> {
    return this.request.post('/api/campaigns/create', {
      multipart: form,
      headers: { ...this.authorization(), ...headers },
      timeout: 60_000,
    });
  }

  /** A picture, video or document for headers. */
  uploadMedia(file: CsvFile): Promise<APIResponse> {
    return this.request.post('/api/media', { multipart: { file }, headers: this.authorization() });
  }

  call(
    method: string,
    path: string,
    data?: unknown,
    headers: Record<string, string> = {},
  ): Promise<APIResponse> {
    // Text goes as it stands: Playwright would make a JSON string of it.
    const bytes = Buffer.from(typeof data === 'string' ? data : (JSON.stringify(data) ?? ''));
    return this.request.fetch(path, {
      method,
      headers: {
        ...this.authorization(),
        ...(data === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(data === undefined ? {} : { data: bytes }),
    });
  }

  /** One campaign, held to its shape and its sums at whatever moment it is asked for. */
  async campaign(id: string): Promise<Campaign> {
    return checkCampaign(await answerOf(await this.get(`/api/campaigns/${id}`), 200));
  }

  /** All recipients of a campaign, over all pages. */
  async recipients(id: string, query = ''): Promise<Recipient[]> {
    const found: Recipient[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = `/api/campaigns/${id}/recipients?limit=500${query}${cursor ? `&cursor=${cursor}` : ''}`;
      const answer = recipientPageShape.parse(await answerOf(await this.get(page), 200));
      found.push(...answer.recipients);
      cursor = answer.next_cursor;
    }
    return found;
  }

  private authorization(): Record<string, string> {
    return this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` };
  }
}

export interface CsvFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

let made = 0;

export function newEmail(): string {
  made += 1;
  return `e2e-${process.pid}-${Date.now().toString(36)}-${made}@example.com`;
}

/** A workspace of the test's own. */
export async function signUp(request: APIRequestContext): Promise<Account> {
  const [email, password] = [newEmail(), 'correct horse battery staple'];
  const answer = await request.post('/api/auth/signup', { data: { email, password, name: 'Eve' } });
  const body = (await answerOf(answer, 201)) as {
    user: Account['user'];
    access_token: string;
    refresh_token: string;
  };
  return {
    email,
    password,
    user: body.user,
    refreshToken: body.refresh_token,
    api: new Api(request, body.access_token),
  };
}

/** The JSON of an answer that must have this status; the body is shown when it has another. */
export async function answerOf(response: APIResponse, status: number): Promise<unknown> {
  const text = await response.text();
  expect(response.status(), `${response.url()}: ${text.slice(0, 600)}`).toBe(status);
  return JSON.parse(text) as unknown;
}

/** A failure in the one shape of the contract. */
export async function failureOf(response: APIResponse, status: number) {
  const body = failureShape.parse(await answerOf(response, status));
  // A person must be able to act on it: no library's talk of types.
  expect(JSON.stringify(body)).not.toMatch(
    /Invalid (input|option|UUID)|expected \w+, received|Too (small|big)/,
  );
  if (status === 429) expect(Number(response.headers()['retry-after'])).toBeGreaterThan(0);
  return body.error;
}

/** Shape, and the books: they balance in every answer. */
export function checkCampaign(body: unknown): Campaign {
  const c = campaignShape.parse(body);
  expect(c.sent + c.failed + c.pending + c.skipped + c.unconfirmed, JSON.stringify(c)).toBe(
    c.total_recipients,
  );
  expect(c.sent, JSON.stringify(c)).toBeGreaterThanOrEqual(c.delivered);
  expect(c.delivered, JSON.stringify(c)).toBeGreaterThanOrEqual(c.read);
  return c;
}
