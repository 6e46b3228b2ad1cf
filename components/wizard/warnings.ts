import type { AudienceCheck } from '@/components/audience/types';
import { countOf, formatCount } from '@/components/ui/numbers';
import { planOf } from '@/lib/daily-limit/plan';
import { dailyLimitOf } from '@/lib/senders/messaging-limit';
import type { Sender } from '@/lib/senders/schema';
import type { Template } from '@/lib/templates/schema';

export interface Warning {
  look: 'warn' | 'danger' | 'sandbox';
  title: string;
  message: string;
}

/** Numbers that send nothing (lib/campaigns/startable.ts refuses them too). */
const BARRED = ['RESTRICTED', 'DISABLED', 'DELETED', 'BANNED', 'DISCONNECTED'];

interface Question {
  sender: Sender;
  /** The first alone, unless it is a test. */
  messages: readonly { template: Pick<Template, 'category'> | null; share: number }[];
  check: AudienceCheck;
  /** People written to in the last 24 hours under the sender's daily limit; null: not known yet. */
  dailyUsed: number | null;
}

/** What a person should know before sending, the gravest first (pure). */
export function warningsOf({ sender, messages, check, dailyUsed }: Question): Warning[] {
  return [
    ...numberWarnings(sender),
    ...limitWarnings(sender, { willSend: check.counts.willSend, used: dailyUsed ?? 0 }),
    ...usWarnings(messages, check),
    ...(sender.sandbox
      ? [
          {
            look: 'sandbox' as const,
            title: 'Sandbox sender',
            message: 'Nothing reaches a real phone: the sandbox on this server answers in WhatsApp’s place.',
          },
        ]
      : []),
  ];
}

function numberWarnings({ status, quality_rating: quality, name }: Sender): Warning[] {
  const found: Warning[] = [];
  if (BARRED.includes(status)) {
    found.push({
      look: 'danger',
      title: `The number of “${name}” cannot send`,
      message: `WhatsApp has set it to ${status}: resolve that in WhatsApp Manager, then sync the sender.`,
    });
  } else if (status !== 'CONNECTED') {
    found.push({
      look: 'warn',
      title: `The number of “${name}” is not connected`,
      message: `WhatsApp shows it as ${status}: messages may be refused. Sync the sender to see whether that still holds.`,
    });
  }
  if (quality === 'RED') {
    found.push({
      look: 'warn',
      title: 'This number’s quality is low (RED)',
      message: 'People block or report it. Another large campaign may get it limited or switched off.',
    });
  }
  return found;
}

function limitWarnings(
  { messaging_limit: word }: Sender,
  { willSend, used }: { willSend: number; used: number },
): Warning[] {
  const limit = dailyLimitOf(word);
  if (limit === null) return [];
  const { today, rest, days } = planOf(willSend, { limit, used });
  if (rest === 0) return [];
  const usedWords = used > 0 ? ` (${formatCount(used)} used)` : '';
  const now =
    today === 0 ? 'nobody goes today' : `${formatCount(today)} ${today === 1 ? 'goes' : 'go'} today`;
  return [
    {
      look: 'warn',
      title: `${formatCount(willSend)} exceeds today’s limit of ${formatCount(limit)} people${usedWords}: ${now}, the rest over ${countOf(days, 'day')}`,
      message:
        'WhatsApp allows so many in any 24 hours. Herald keeps to it: the rest waits and goes on by itself as places come free. Who was written to today already goes at once and counts once.',
    },
  ];
}

function usWarnings(messages: Question['messages'], { countries }: AudienceCheck): Warning[] {
  const us = countries.find(({ country }) => country === 'US')?.count ?? 0;
  const marketing = messages.filter(({ template }) => template?.category === 'MARKETING');
  if (marketing.length === 0 || us === 0) return [];
  const isAll = marketing.length === messages.length;
  const share = marketing.reduce((sum, message) => sum + message.share, 0);
  const count = isAll ? us : Math.round((us * share) / 100);
  return [
    {
      look: 'warn',
      title: `${isAll ? '' : 'About '}${countOf(count, 'message')} to the United States may not be delivered`,
      message: 'WhatsApp does not deliver marketing templates to United States numbers (+1).',
    },
  ];
}
