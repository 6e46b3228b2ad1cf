import { z } from 'zod';
import { handshakeInBackground } from '../handshake';
import { displayNumber } from '../identifiers';
import type { Sandbox } from '../runtime';
import type { SandboxNumber } from '../state';
import { AdminError, findNumber, findWaba, ok, parseBody, type AdminAnswer, type AdminCall } from './shapes';

const callbackUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });
const messagesPerSecond = z.number().positive().max(1_000_000);

const graphId = z.string().regex(/^\d+$/);

const createSchema = z.strictObject({
  callback_url: callbackUrl,
  verify_token: z.string().min(1),
  app_secret: z.string().min(1).optional(),
  name: z.string().min(1).max(512).optional(),
  messages_per_second: messagesPerSecond.optional(),
  waba_id: graphId.optional(),
  portfolio_id: graphId.optional(),
});

const changeSchema = z.strictObject({
  callback_url: callbackUrl.optional(),
  verify_token: z.string().min(1).optional(),
  app_secret: z.string().min(1).optional(),
  /** The former is refused from now on. */
  access_token: z.string().regex(/^\S+$/).optional(),
  verified_name: z.string().min(1).max(512).optional(),
  messages_per_second: messagesPerSecond.optional(),
  token_expired: z.boolean().optional(),
  status: z.string().min(1).optional(),
  quality_rating: z.enum(['GREEN', 'YELLOW', 'RED', 'NA', 'UNKNOWN']).optional(),
  messaging_limit: z.string().startsWith('TIER_').optional(),
  can_send_message: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']).optional(),
  /** Its account, with all its numbers, goes over to another portfolio. */
  portfolio_id: graphId.optional(),
});

/** What a new number's owner needs to be its sender; the only answer that has the token and the secret. */
export function createNumber({ box, body }: AdminCall): AdminAnswer {
  const input = parseBody(createSchema, body);
  const number = box.state.createNumber(input);
  handshakeInBackground(box, number);
  return ok(
    {
      phone_number_id: number.id,
      waba_id: number.waba_id,
      access_token: number.access_token,
      app_secret: number.app_secret,
      display_phone_number: displayNumber(number.digits),
      verified_name: number.verified_name,
    },
    201,
  );
}

export function listNumbers({ box }: AdminCall): AdminAnswer {
  return ok({ numbers: [...box.state.numbers.values()].map((number) => describe(box, number)) });
}

export function showNumber({ box, id }: AdminCall): AdminAnswer {
  return ok(describe(box, findNumber(box, id)));
}

export function changeNumber({ box, id, body }: AdminCall): AdminAnswer {
  const number = findNumber(box, id);
  const { portfolio_id: portfolioId, access_token: token, ...input } = parseBody(changeSchema, body);
  if (token !== undefined) giveToken(box, number, token);
  Object.assign(number, input);
  if (portfolioId !== undefined) movePortfolio(box, number, portfolioId);
  if (input.messages_per_second !== undefined) {
    box.runtimeOf(number).throughput.setRate(input.messages_per_second);
  }
  // The limit is of the portfolio: its other numbers have it too.
  if (input.messaging_limit !== undefined)
    for (const other of box.state.numbersOfPortfolio(box.state.portfolioOf(number.waba_id)))
      other.messaging_limit = input.messaging_limit;
  box.state.save();
  if (input.callback_url !== undefined || input.verify_token !== undefined)
    handshakeInBackground(box, number);
  return ok(describe(box, number));
}

function giveToken(box: Sandbox, number: SandboxNumber, token: string): void {
  const owner = box.state.tokens.get(token);
  if (owner && owner !== number) throw new AdminError(400, 'access_token: Another number has this token.');
  box.state.replaceToken(number, token);
}

/** The portfolio's limit is that of its numbers from now on. */
function movePortfolio(box: Sandbox, number: SandboxNumber, portfolioId: string): void {
  const waba = findWaba(box, number.waba_id);
  const [there] = box.state.numbersOfPortfolio(portfolioId);
  box.movePeople(waba.portfolio_id, portfolioId);
  waba.portfolio_id = portfolioId;
  if (!there) return;
  for (const other of box.state.numbersOf(waba.id)) other.messaging_limit = there.messaging_limit;
}

function describe(box: Sandbox, number: SandboxNumber): object {
  const runtime = box.runtimeOf(number);
  const { planned, answered, givenUp } = runtime.statuses;
  return {
    phone_number_id: number.id,
    waba_id: number.waba_id,
    portfolio_id: box.state.portfolioOf(number.waba_id),
    display_phone_number: displayNumber(number.digits),
    verified_name: number.verified_name,
    callback_url: number.callback_url,
    messages_per_second: number.messages_per_second,
    token_expired: number.token_expired,
    status: number.status,
    quality_rating: number.quality_rating,
    messaging_limit: number.messaging_limit,
    can_send_message: number.can_send_message,
    handshake: runtime.handshake,
    statuses: { planned, answered, given_up: givenUp, pending: planned - answered - givenUp },
    webhooks: runtime.outbox.stats(),
  };
}
