import { describe, expect, it } from 'vitest';
import { classifyAnswer, classifyFailure } from './classify';

const graphError = (code: unknown, more: Record<string, unknown> = {}) => ({
  error: { message: `(#${String(code)}) Words`, type: 'OAuthException', code, fbtrace_id: 'A', ...more },
});
const kindOf = (httpStatus: number, body: unknown) => classifyAnswer({ httpStatus, body }).kind;

/** The reference's §3 table, row by row: codes, the HTTP status it gives, what each must be. */
const ROWS: [codes: number[], httpStatus: number, expected: string][] = [
  [[0, 190], 401, 'blocked sender'],
  [[3], 500, 'blocked sender'],
  [[10, 200, 230, 299, 131005], 403, 'blocked sender'],
  [[104], 401, 'blocked sender'],
  [[1], 400, 'ambiguous'],
  [[2], 503, 'ambiguous'],
  [[4, 80007, 17, 613, 80008], 400, 'throttled sender'],
  [[33], 400, 'blocked sender'],
  [[100], 400, 'rejected'],
  [[368, 131031], 403, 'blocked sender'],
  [[130403], 400, 'rejected suppress'],
  [[130429], 400, 'throttled sender'],
  [[130472], 400, 'rejected'],
  [[130497], 403, 'rejected'],
  [[131000], 500, 'ambiguous'],
  [[131008, 131009], 400, 'rejected'],
  [[131016], 500, 'ambiguous'],
  [[131021, 131026, 131030], 400, 'rejected'],
  [[131037, 131042], 400, 'blocked sender'],
  [[131045], 500, 'blocked sender'],
  [[133010], 400, 'blocked sender'],
  [[131047], 400, 'rejected'],
  [[131048], 400, 'blocked sender'],
  [[131049], 400, 'rejected'],
  [[131050], 400, 'rejected suppress'],
  [[131051], 400, 'blocked campaign'],
  [[131052], 400, 'rejected'],
  [[131053], 400, 'retryable'],
  [[131055, 134100], 400, 'blocked campaign'],
  [[131056], 400, 'throttled recipient'],
  [[131057, 2494100], 500, 'throttled sender'],
  [[131059], 400, 'retryable'],
  [[131062], 400, 'rejected'],
  [[131063, 131064], 400, 'blocked campaign'],
  [[132000, 132012, 132018], 400, 'rejected'],
  [[132001], 404, 'blocked campaign'],
  [[132005], 400, 'rejected'],
  [[132007, 132015, 132016, 132068, 132069], 400, 'blocked campaign'],
  [[133000, 133005, 133006, 133007, 133008, 133009, 133015, 133016], 400, 'blocked sender'],
  [[133004], 503, 'ambiguous'],
  [[134011], 400, 'blocked sender'],
  [[134101], 400, 'blocked campaign'],
  [[134102], 500, 'blocked campaign'],
  [[135000], 400, 'rejected'],
  [[137000], 400, 'rejected'],
];

describe("WhatsApp's answer decides by its code", () => {
  it.each(ROWS.flatMap(([codes, http, expected]) => codes.map((code) => [code, http, expected] as const)))(
    'code %i (HTTP %i) is %s',
    (code, httpStatus, expected) => {
      const outcome = classifyAnswer({ httpStatus, body: graphError(code) });
      const scope = outcome.kind === 'blocked' || outcome.kind === 'throttled' ? ` ${outcome.scope}` : '';
      const suppress = outcome.kind === 'rejected' && outcome.suppress ? ' suppress' : '';
      expect(outcome.kind + scope + suppress).toBe(expected);
      expect(outcome).toMatchObject({ error: { code, httpStatus, message: `(#${code}) Words` } });
    },
  );

  it('and keeps what Meta said: message and details, also where error_data is a plain string', () => {
    const details = { error_data: { messaging_product: 'whatsapp', details: 'Number of parameters' } };
    expect(classifyAnswer({ httpStatus: 400, body: graphError(132000, details) })).toMatchObject({
      error: { message: '(#132000) Words', details: 'Number of parameters' },
    });
    expect(
      classifyAnswer({ httpStatus: 400, body: graphError(132000, { error_data: 'Plain' }) }),
    ).toMatchObject({ error: { details: 'Plain' } });
  });

  it('any HTTP 429 is throttling, whatever its body says', () => {
    expect(classifyAnswer({ httpStatus: 429, body: undefined })).toMatchObject({
      kind: 'throttled',
      scope: 'sender',
    });
    expect(kindOf(429, graphError(999_999))).toBe('throttled');
    expect(classifyAnswer({ httpStatus: 429, body: graphError(131056) })).toMatchObject({
      scope: 'recipient',
    });
  });

  it('a code nobody knows: refused with HTTP 4xx, in doubt with 5xx', () => {
    expect(kindOf(400, graphError(999_999))).toBe('rejected');
    expect(kindOf(400, graphError(999_999, { is_transient: true }))).toBe('retryable');
    expect(kindOf(500, graphError(999_999))).toBe('ambiguous');
    expect(kindOf(503, graphError(999_999, { is_transient: true }))).toBe('ambiguous');
  });

  it.each([null, '', [], true, {}, 'x', 1.5])('a code of %j is no code, never code 0 or 1', (code) => {
    const outcome = classifyAnswer({ httpStatus: 400, body: graphError(code) });
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: null } });
  });

  it('a code written as text counts', () => {
    expect(classifyAnswer({ httpStatus: 400, body: graphError('131056') })).toMatchObject({
      kind: 'throttled',
    });
  });
});

describe('a 2xx', () => {
  const taken = (message: Record<string, unknown>) => ({
    messaging_product: 'whatsapp',
    contacts: [{ input: '+1', wa_id: '1' }],
    messages: [message],
  });

  it('with a message id is accepted', () => {
    expect(classifyAnswer({ httpStatus: 200, body: taken({ id: 'wamid.A' }) })).toEqual({
      kind: 'accepted',
      wamid: 'wamid.A',
      held: false,
    });
  });

  it.each([
    ['accepted', false],
    ['held_for_quality_assessment', true],
    ['paused', true],
    ['something_new', false],
    [7, false],
  ])('with message_status %j is accepted, held: %s', (status, held) => {
    const body = taken({ id: 'wamid.A', message_status: status });
    expect(classifyAnswer({ httpStatus: 200, body })).toMatchObject({ kind: 'accepted', held });
  });

  it.each([undefined, null, {}, 'ok', { messages: [] }, { messages: [{ id: '' }] }, { messages: 'x' }])(
    'without a message id, %j, is in doubt',
    (body) => expect(kindOf(200, body)).toBe('ambiguous'),
  );
});

describe("what is no answer of Meta's", () => {
  it.each([301, 302, 400, 401, 403, 404, 408, 413, 500, 502, 503, 504])(
    'an unreadable HTTP %i is in doubt',
    (status) => expect(kindOf(status, undefined)).toBe('ambiguous'),
  );

  it('nothing of the request left: not taken, and may go again', () => {
    expect(classifyFailure({ mayHaveLeft: false, code: 'ECONNREFUSED' }).kind).toBe('retryable');
    expect(classifyFailure({ mayHaveLeft: false, code: 'TIMEOUT' }).kind).toBe('retryable');
  });

  it('a byte of it may have left: in doubt, whatever broke', () => {
    for (const code of ['TIMEOUT', 'ECONNRESET', 'UND_ERR_SOCKET', 'ECONNREFUSED']) {
      expect(classifyFailure({ mayHaveLeft: true, code }).kind).toBe('ambiguous');
    }
  });
});
