import { agoWords } from '@/lib/ago-words';
import { type Findings } from './findings';
import type { ConnectionCheck } from './schema';

const WRONG_ARGUMENT = 100;

/** Whether what happens to messages is reported here: seen where it can be, else what to enter at Meta. */
export function webhookCheck(findings: Findings): ConnectionCheck {
  const { apps, webhook, sandbox, nowMs } = findings;
  const secretFault = secretFaultOf(findings);
  if (secretFault) return say('fail', secretFault);
  if (apps.ok && apps.value === 0)
    return say(
      'fail',
      `No app is subscribed to this account, so nothing is reported: ${stepsAtMeta(webhook)}`,
    );
  if (webhook.seenAtMs !== null)
    return say('pass', `The last report came ${agoWords(webhook.seenAtMs, nowMs)}.`);
  if (sandbox)
    return say('unknown', 'Nothing was reported yet: the sandbox does when the first message is sent.');
  if (!webhook.url.startsWith('https://')) {
    return say(
      'fail',
      `Meta calls only https addresses on the internet, and this Herald says it is at ${webhook.url}: put it behind one and set PUBLIC_URL to it.`,
    );
  }
  return say('unknown', `Nothing was reported yet: ${stepsAtMeta(webhook)}`);
}

function say(result: ConnectionCheck['result'], message: string): ConnectionCheck {
  return { key: 'webhook', result, message };
}

/** The number can be read, but not with the proof: the secret is another app's, and no signature will be right. */
function secretFaultOf({ number, proof }: Findings): string | null {
  if (proof.ok) return null;
  if (proof.code === 'sender_secret_unreadable') return proof.message;
  if (!number.ok || proof.metaCode !== WRONG_ARGUMENT) return null;
  return "The app secret is not that of the access token's app, so every report would be refused: copy it from the Meta app, App settings → Basic.";
}

function stepsAtMeta({ url, verifyToken }: Findings['webhook']): string {
  const token = verifyToken === null ? 'the verify token shown after saving' : `verify token ${verifyToken}`;
  return `in the Meta app open WhatsApp → Configuration, enter ${url} with ${token}, and subscribe to “messages”.`;
}
