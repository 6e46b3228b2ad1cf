import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from './answers';
import { authenticate } from './authorize';
import { shakeHands } from './callbacks';
import { escapedJson } from './escaped-json';
import { pickFields } from './fields';
import { errorBody, failure, isFailure, unknownObject } from './graph-errors';
import { APP_ID } from './identifiers';
import { MEDIA_LIMIT_BYTES, uploadMedia } from './media';
import { LISTED_NUMBER_FIELDS, NUMBER_FIELDS, numberNode, WABA_FIELDS, wabaNode } from './node-views';
import { readBody } from './request-body';
import type { Sandbox } from './runtime';
import type { SandboxNumber, Waba } from './state';
import { listTemplates } from './template-pages';

export interface GraphRequest {
  /** `v25.0`. */
  version: string;
  nodeId: string;
  /** Empty for the node itself. */
  edge: string;
  query: URLSearchParams;
}

interface Call extends GraphRequest {
  box: Sandbox;
  request: IncomingMessage;
  caller: SandboxNumber;
}

/** Everything of the Graph API but sending. */
export async function manage(
  box: Sandbox,
  target: GraphRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = authenticate(box, request);
  if ('code' in caller) return answerJson(response, caller.httpStatus, errorBody(caller));
  const usage = countCall(box, caller.waba_id);
  const call = { ...target, box, request, caller };
  const answer: object = usage.exhausted ? failure(80007) : await dispatch(call);
  const headers = { 'x-business-use-case-usage': usage.header, 'facebook-api-version': target.version };
  if (isFailure(answer)) answerJson(response, answer.httpStatus, errorBody(answer), headers);
  else answerJson(response, 200, escapedJson(answer), headers);
}

async function dispatch(call: Call): Promise<object> {
  const { box, caller, nodeId } = call;
  const method = call.request.method ?? 'GET';
  const waba = box.state.wabas.get(caller.waba_id);
  if (waba && nodeId === waba.id)
    return (await dispatchWaba(call, waba, method)) ?? unknownObject(method, nodeId);
  const number = box.state.numbers.get(nodeId);
  // An account's token reaches all numbers of the account, and nobody else's.
  if (!waba || number?.waba_id !== waba.id) return unknownObject(method, nodeId);
  if (method === 'GET' && call.edge === '') {
    return pickFields(
      numberNode(number, waba),
      call.query.get('fields'),
      NUMBER_FIELDS,
      'WhatsAppBusinessPhoneNumber',
    );
  }
  if (method === 'POST' && call.edge === 'media') {
    const body = await readBody(call.request, MEDIA_LIMIT_BYTES + 65_536);
    return uploadMedia(box, number.id, body, call.request.headers['content-type'] ?? '');
  }
  return unknownObject(method, nodeId);
}

async function dispatchWaba(call: Call, waba: Waba, method: string): Promise<object | null> {
  const { box, query } = call;
  const numbers = box.state.numbersOf(waba.id);
  switch (`${method} ${call.edge}`) {
    case 'GET ':
      return pickFields(wabaNode(waba, numbers), query.get('fields'), WABA_FIELDS, 'WhatsAppBusinessAccount');
    case 'GET phone_numbers':
      return listNumbers(waba, numbers, query);
    case 'GET message_templates':
      return listTemplates(waba, query, {
        cursorTtlMs: box.settings.all.cursor_ttl_ms,
        largestPage: box.settings.all.largest_page,
        nowMs: Date.now(),
        baseUrl: `http://${call.request.headers.host ?? '127.0.0.1'}/${call.version}`,
      });
    case 'GET subscribed_apps':
      return {
        data: [
          {
            whatsapp_business_api_data: {
              id: APP_ID,
              link: `https://www.facebook.com/games/?app_id=${APP_ID}`,
              name: 'Herald Sandbox',
            },
          },
        ],
      };
    case 'POST subscribed_apps':
      return subscribe(call, numbers);
    default:
      return null;
  }
}

function listNumbers(waba: Waba, numbers: readonly SandboxNumber[], query: URLSearchParams): object {
  const data: object[] = [];
  for (const number of numbers) {
    const node = pickFields(
      numberNode(number, waba),
      query.get('fields'),
      LISTED_NUMBER_FIELDS,
      'WhatsAppBusinessPhoneNumber',
    );
    if (isFailure(node)) return node;
    data.push(node);
  }
  const cursor = Buffer.from(numbers[0]?.id ?? '').toString('base64url');
  return { data, paging: { cursors: { before: cursor, after: cursor } } };
}

/** With an address of its own the account's numbers report there, once the address has proved itself. */
async function subscribe(call: Call, numbers: readonly SandboxNumber[]): Promise<object> {
  const raw = (await readBody(call.request, 65_536))?.toString() ?? '';
  let given: Record<string, unknown> = {};
  try {
    given = JSON.parse(raw || '{}') as Record<string, unknown>;
  } catch {
    return failure(100, 'The body is not JSON.');
  }
  const url = given.override_callback_uri;
  if (url === undefined) return { success: true };
  const token = given.verify_token;
  if (typeof url !== 'string' || !URL.canParse(url) || typeof token !== 'string') {
    return failure(100, 'override_callback_uri needs an address and a verify_token.');
  }
  const wrong = await shakeHands(call.box.dispatcher, url, token);
  if (wrong !== null) return failure(100, `Callback verification failed: ${wrong}.`);
  for (const number of numbers) Object.assign(number, { callback_url: url, verify_token: token });
  call.box.state.save();
  return { success: true };
}

/** Calls of one account in the running hour, as `X-Business-Use-Case-Usage` reports them. */
function countCall(box: Sandbox, wabaId: string): { header: string; exhausted: boolean } {
  const hour = Math.floor(Date.now() / 3_600_000);
  const [countedHour, before] = box.managementCalls.get(wabaId) ?? [hour, 0];
  const calls = (countedHour === hour ? before : 0) + 1;
  box.managementCalls.set(wabaId, [hour, calls]);
  const allowed = box.settings.all.management_calls_per_hour;
  const percent = Math.min(100, Math.ceil((calls / allowed) * 100));
  const exhausted = calls > allowed;
  const minutesLeft = Math.ceil(((hour + 1) * 3_600_000 - Date.now()) / 60_000);
  const entry = {
    type: 'whatsapp_business_management',
    call_count: percent,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: exhausted ? minutesLeft : 0,
  };
  return { header: JSON.stringify({ [wabaId]: [entry] }), exhausted };
}
