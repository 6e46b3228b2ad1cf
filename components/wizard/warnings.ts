import type { AudienceCheck } from '@/components/audience/types';
import { countOf, formatCount } from '@/components/ui/numbers';
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
  template: Template;
  check: AudienceCheck;
}

/** What a person should know before sending, the gravest first (pure). */
export function warningsOf({ sender, template, check }: Question): Warning[] {
  return [
    ...numberWarnings(sender),
    ...limitWarnings(sender, check.counts.willSend),
    ...usWarnings(template, check),
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

function limitWarnings({ messaging_limit: word }: Sender, willSend: number): Warning[] {
  const limit = dailyLimitOf(word);
  if (limit === null || willSend <= limit) return [];
  return [
    {
      look: 'warn',
      title: `${formatCount(willSend)} exceeds this number’s ${formatCount(limit)} people in 24 hours`,
      message: `WhatsApp will refuse ${countOf(willSend - limit, 'message')} or more; they stay in the queue and are tried again, or split the list over several days.`,
    },
  ];
}

function usWarnings({ category }: Template, { countries }: AudienceCheck): Warning[] {
  const us = countries.find(({ country }) => country === 'US')?.count ?? 0;
  if (category !== 'MARKETING' || us === 0) return [];
  return [
    {
      look: 'warn',
      title: `${countOf(us, 'message')} to the United States may not be delivered`,
      message: 'WhatsApp does not deliver marketing templates to United States numbers (+1).',
    },
  ];
}
