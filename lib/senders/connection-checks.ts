import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';
import type { GraphAccountNumber } from '@/lib/whatsapp/graph-account';
import { isSilent, type Findings, type Unread } from './findings';
import { healthReason } from './health';
import type { ConnectionCheck } from './schema';
import { webhookCheck } from './webhook-check';

const NUMBERS_NAMED = 3;

/** The five checks, in the order a person would mend them. Pure: what was read decides. */
export function checksOf(findings: Findings): ConnectionCheck[] {
  const token = tokenCheck(findings);
  const rest = [numberCheck(findings), accountCheck(findings), templatesCheck(findings)];
  const webhook = webhookCheck(findings);
  if (token.result === 'pass') return [token, ...rest, webhook];
  // One cause, told once: the others were not seen because of it.
  const words =
    token.result === 'fail'
      ? 'Not seen, for WhatsApp does not accept the access token.'
      : 'Not seen, for WhatsApp did not answer.';
  const unseen = rest.map(({ key }) => ({ key, result: 'unknown' as const, message: words }));
  return [token, ...unseen, webhook];
}

/** All checks of a connection that could not even be tried, with the reason. */
export function untriedChecks(reason: string): ConnectionCheck[] {
  const message = 'Not seen, for the connection could not be tried.';
  const rest = (['number', 'account', 'templates', 'webhook'] as const).map((key) => ({
    ...{ key, result: 'unknown' as const, message },
  }));
  return [{ key: 'token', result: 'fail', message: reason }, ...rest];
}

/** Graph looks at the token before the object: an answer about the object proves the token good. */
function tokenCheck({ number, numbers, templates }: Findings): ConnectionCheck {
  const unread = [number, numbers, templates].filter((read) => !read.ok);
  if (unread.some(({ code }) => code === 'whatsapp_token_invalid')) {
    return {
      key: 'token',
      result: 'fail',
      message:
        'WhatsApp does not accept the access token: it is incomplete, expired or withdrawn; make a new one in Business settings → System users.',
    };
  }
  const silent = unread.find(isSilent);
  if (silent && unread.length === 3 && unread.every(isSilent))
    return { key: 'token', result: 'unknown', message: silent.message };
  return { key: 'token', result: 'pass', message: 'WhatsApp accepts the access token.' };
}

function numberCheck({ number, numbers, phoneNumberId }: Findings): ConnectionCheck {
  if (!number.ok) {
    const others = numbers.ok ? numbers.value.filter(({ id }) => id !== phoneNumberId) : [];
    if (number.code !== 'whatsapp_object_unknown' || others.length === 0)
      return unreadCheck('number', number);
    const message = `WhatsApp knows no number with this id here; the account holds ${namesOf(others)}.`;
    return { key: 'number', result: 'fail', message };
  }
  const { status, health_status: health, display_phone_number: display, verified_name: name } = number.value;
  const which = [display ?? 'The number', name && `(${name})`].filter(Boolean).join(' ');
  const say = (result: ConnectionCheck['result'], message: string) => ({
    key: 'number' as const,
    result,
    message,
  });
  if (health?.can_send_message === 'BLOCKED')
    return say('fail', `WhatsApp does not let ${which} send: ${healthWords(number.value)}`);
  if (status === null)
    return say('unknown', `${which} can be read, but WhatsApp does not say whether it is connected.`);
  if (status !== 'CONNECTED' && status !== 'FLAGGED')
    return say('fail', `${which} is ${status}, not CONNECTED: finish its set-up in WhatsApp Manager.`);
  if (health?.can_send_message === 'LIMITED')
    return say(
      'pass',
      `${which} is connected, but WhatsApp limits what it sends: ${healthWords(number.value)}`,
    );
  return say('pass', `${which} is connected and may send.`);
}

function healthWords(number: GraphPhoneNumber): string {
  return healthReason(number) ?? 'open WhatsApp Manager to see why.';
}

function accountCheck({ numbers, phoneNumberId }: Findings): ConnectionCheck {
  if (!numbers.ok) return unreadCheck('account', numbers);
  const others = numbers.value.filter(({ id }) => id !== phoneNumberId);
  if (others.length < numbers.value.length) {
    const more = others.length > 0 ? `, and ${others.length} more` : '';
    return {
      key: 'account',
      result: 'pass',
      message: `The account can be read and holds this number${more}.`,
    };
  }
  const holds = others.length > 0 ? `it holds ${namesOf(others)}` : 'it holds none';
  return {
    key: 'account',
    result: 'fail',
    message: `This account does not hold that number (${holds}): check which account the number belongs to.`,
  };
}

function templatesCheck({ templates }: Findings): ConnectionCheck {
  if (!templates.ok) return unreadCheck('templates', templates);
  return {
    key: 'templates',
    result: 'pass',
    message: templates.value
      ? 'The templates can be read.'
      : 'The templates can be read, but there are none yet: make one in WhatsApp Manager.',
  };
}

/** A refusal is a fault to mend; silence says nothing either way. */
function unreadCheck(key: ConnectionCheck['key'], read: Unread): ConnectionCheck {
  return { key, result: isSilent(read) ? 'unknown' : 'fail', message: read.message };
}

function namesOf(numbers: GraphAccountNumber[]): string {
  const names = numbers
    .slice(0, NUMBERS_NAMED)
    .map(({ id, display_phone_number: display }) => (display ? `${display} (id ${id})` : `id ${id}`));
  const more = numbers.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
