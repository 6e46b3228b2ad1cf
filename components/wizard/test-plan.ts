import { spanWords } from '@/components/variants/words';
import { countOf, formatCount } from '@/components/ui/numbers';
import { LEAST_PEOPLE, leastDifference } from '@/lib/variants/compare';
import type { DecideBy, VariantKey } from '@/lib/variants/keys';
import type { Holdback } from '@/lib/variants/schema';

/** What a test makes of a list, in round numbers: who gets which message is drawn only as it is stored. */
export interface TestPlan {
  /** People who get each message in the test. */
  groups: { key: VariantKey; people: number }[];
  /** Who waits until a message is chosen. */
  waiting: number;
}

interface Question {
  /** People of the list who will be sent to. */
  people: number;
  messages: readonly { key: VariantKey; share: number }[];
  holdback: Holdback | null;
}

/** How many people, about, get each message, and how many wait (pure). */
export function planTest({ people, messages, holdback }: Question): TestPlan {
  const tested = Math.round((people * (holdback?.percent ?? 100)) / 100);
  return {
    groups: messages.map(({ key, share }) => ({ key, people: Math.round((tested * share) / 100) })),
    waiting: people - tested,
  };
}

/** Below this it is likely enough that chance leaves a message without anybody: such a campaign is refused. */
const FEW = 8;

export interface TestNews {
  look: 'warn' | 'plain';
  title: string;
  message: string;
}

/** What such a test can tell, before it is sent: the page of the campaign will say no more than this. */
export function testNews({ groups }: TestPlan): TestNews {
  const [smallest] = [...groups].sort((a, b) => a.people - b.people);
  const least = leastDifference(groups.map(({ people }) => people));
  if (least !== null) {
    const points = formatCount(Math.round(least * 1000) / 10);
    return {
      look: 'plain',
      title: `Differences of less than about ${points} percentage points may be chance`,
      message:
        'That is so for groups of this size, where about half of the people read or reply; where few do, a smaller one shows.',
    };
  }
  const about = countOf(smallest?.people ?? 0, 'person', 'people');
  return {
    look: 'warn',
    title: `Too few people to tell the messages apart: about ${about} for message ${smallest?.key ?? 'A'}`,
    message: [
      `Below ${LEAST_PEOPLE} people for each message a difference says nothing, whatever the numbers look like.`,
      (smallest?.people ?? 0) < FEW
        ? 'Chance may leave a message without anybody: then the campaign is refused, and nothing is sent.'
        : 'Take a longer list, fewer messages or larger shares.',
    ].join(' '),
  };
}

const CHOSEN_BY: Record<DecideBy, string> = { delivered: 'got', read: 'read', reply: 'replied to' };

/** What becomes of those who wait, as one sentence or two. */
export function holdbackWords({ decide_by: by, after_minutes: minutes }: Holdback, waiting: number): string {
  const others = `About ${formatCount(waiting)} ${waiting === 1 ? 'other waits' : 'others wait'}`;
  if (minutes === null)
    return `${others} until you choose a message on the campaign’s page; nothing goes to them before.`;
  return `${others}. ${spanWords(minutes)} after the test was sent, the message that more people ${CHOSEN_BY[by]} goes to them by itself, even if the difference may be chance; you may choose before.`;
}

/** Whether two messages are the same to everybody: a test of nothing, which is seldom meant. */
export function twinsAmong(
  messages: readonly { key: VariantKey; templateId: number | null; mapping: object }[],
): [VariantKey, VariantKey] | null {
  const seen = new Map<string, VariantKey>();
  for (const { key, templateId, mapping } of messages) {
    const what = JSON.stringify([templateId, Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const twin = seen.get(what);
    if (twin) return [twin, key];
    seen.set(what, key);
  }
  return null;
}
