import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../server';
import type { Settings } from '../settings';
import { message } from './message';
import { startReceiver, type Receiver } from './receiver';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // Whatever JSON came; tests look into it freely.
  body: Json;
}

export interface Json {
  [key: string]: Json | undefined;
  [index: number]: Json | undefined;
}

export interface Credentials {
  phone_number_id: string;
  waba_id: string;
  access_token: string;
  app_secret: string;
  display_phone_number: string;
}

export interface Harness {
  sandbox: RunningSandbox;
  receiver: Receiver;
  dataDir: string;
  number: Credentials;
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  admin: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Posts a message of the number; throws what the network throws. */
  send: (to: string, over?: Record<string, unknown>) => Promise<Answer>;
  addNumber: (more?: object) => Promise<Credentials>;
  close: () => Promise<void>;
}

export interface CallOptions {
  body?: unknown;
  token?: string | null;
  headers?: Record<string, string>;
}

/** Quick and without chance: tests switch on what they are about. */
export const CALM: Partial<Settings> = {
  delay_scale: 0.05,
  duplicate_share: 0,
  reorder_share: 0,
  skip_delivered_share: 0,
  read_share: 1,
  webhook_window_ms: 5,
};

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export async function startHarness(options: Partial<SandboxOptions> = {}): Promise<Harness> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  const receiver = await startReceiver();
  const sandbox = await startSandbox({ port: 0, dataDir, seed: 7, settings: CALM, ...options });
  const dispatcher = new Agent({ connections: 64 });

  const call: Harness['call'] = async (method, path, { body, token, headers } = {}) => {
    const answer = await request(`${sandbox.url}${path}`, {
      dispatcher,
      method: method as 'GET',
      headers: {
        ...(token === null || token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body:
        body === undefined
          ? null
          : typeof body === 'string' || Buffer.isBuffer(body)
            ? body
            : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, body: parse(text) };
  };
  const admin: Harness['admin'] = (method, path, body) => call(method, `/__sandbox/${path}`, { body });
  const addNumber: Harness['addNumber'] = async (more = {}) => {
    const input = {
      callback_url: receiver.url,
      verify_token: receiver.verifyToken,
      name: 'Café Test',
      ...more,
    };
    const answer = await admin('POST', 'numbers', input);
    return answer.body as unknown as Credentials;
  };
  const number = await addNumber();
  return {
    sandbox,
    receiver,
    dataDir,
    number,
    call,
    admin,
    addNumber,
    send: (to, over) =>
      call('POST', `/v25.0/${number.phone_number_id}/messages`, {
        token: number.access_token,
        body: message(to, over),
      }),
    close: async () => {
      await dispatcher.destroy();
      await sandbox.close();
      await receiver.close();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
