import type { DraftContents } from '@/lib/drafts/schema';
import { NUMBER_KEYS } from '@/lib/recipients/mapping';
import { VARIANT_KEYS, type VariantKey } from '@/lib/variants/keys';

/** One of the messages of a campaign being put together; most have one, a test two to four. */
export interface DraftMessage {
  key: VariantKey;
  templateId: number | null;
  /** Percent of the people. */
  share: number;
  /** Parameter key → what fills it; the numbers are the list's, and the same for every message. */
  mapping: DraftContents['mapping'];
  guessed: string[];
}

type Mapping = Readonly<DraftContents['mapping']>;
type TestContents = Pick<DraftContents, 'template_id' | 'mapping' | 'guessed' | 'test'>;

export const MOST_MESSAGES = VARIANT_KEYS.length;

/** Whether a key of a mapping finds the numbers, rather than filling a message. */
export function isNumber(key: string): boolean {
  return NUMBER_KEYS.includes(key);
}

/** The messages, the draft's own first (pure). */
export function messagesOf({ template_id, mapping, guessed, test }: TestContents): DraftMessage[] {
  const own = { template_id, share: test?.share ?? 100, mapping, guessed };
  return [own, ...(test?.others ?? [])].map((each, i) => ({
    key: VARIANT_KEYS[i] ?? 'A',
    templateId: each.template_id,
    share: each.share,
    mapping: withoutNumbers(each.mapping),
    guessed: each.guessed.filter((key) => !isNumber(key)),
  }));
}

/** What finds the numbers in the list. */
export function numbersIn(mapping: Mapping): DraftContents['mapping'] {
  return pick(mapping, isNumber);
}

/** What fills the message alone. */
export function withoutNumbers(mapping: Mapping): DraftContents['mapping'] {
  return pick(mapping, (key) => !isNumber(key));
}

type Filling = Pick<DraftContents, 'mapping' | 'guessed'>;

/** What fills one message, with what finds the numbers. */
export function fillingOf(contents: TestContents, index: number): Filling {
  const { mapping = {}, guessed = [] } = messagesOf(contents)[index] ?? {};
  return {
    mapping: { ...numbersIn(contents.mapping), ...mapping },
    guessed: [...contents.guessed.filter(isNumber), ...guessed],
  };
}

/** With one message filled so; what finds the numbers is the first one's to say. */
export function withFilling(contents: TestContents, index: number, filling: Filling): Partial<TestContents> {
  if (index === 0) return filling;
  return withChanged(contents, index, {
    mapping: withoutNumbers(filling.mapping),
    guessed: filling.guessed.filter((key) => !isNumber(key)),
  });
}

/** The contents with these messages in the place of those there were; their order gives them their names. */
function withMessages(contents: TestContents, messages: readonly DraftMessage[]): TestContents {
  const [first, ...others] = messages;
  const numbers = contents.guessed.filter(isNumber);
  return {
    template_id: first?.templateId ?? null,
    mapping: { ...numbersIn(contents.mapping), ...first?.mapping },
    guessed: [...numbers, ...(first?.guessed ?? [])],
    test:
      first && others.length > 0
        ? {
            share: first.share,
            others: others.map(({ templateId, share, mapping, guessed }) => ({
              template_id: templateId,
              share,
              mapping,
              guessed,
            })),
            holdback: contents.test?.holdback ?? null,
          }
        : null,
  };
}

/** One message more, with nothing chosen yet; all get the same share again. */
export function withMessage(contents: TestContents): TestContents {
  const messages = messagesOf(contents);
  const next: DraftMessage = { key: 'A', templateId: null, share: 0, mapping: {}, guessed: [] };
  return withMessages(contents, sharedEqually([...messages, next]));
}

/** Without one of them; the others get the same share again, and the last one left gets everybody. */
export function withoutMessage(contents: TestContents, index: number): TestContents {
  return withMessages(contents, sharedEqually(messagesOf(contents).filter((_, i) => i !== index)));
}

/** With something of one message changed. */
export function withChanged(
  contents: TestContents,
  index: number,
  change: Partial<Omit<DraftMessage, 'key'>>,
): TestContents {
  return withMessages(
    contents,
    messagesOf(contents).map((message, i) => (i === index ? { ...message, ...change } : message)),
  );
}

/** With another share for one of them. Of two the other one gets the rest; of more a person makes them add up. */
export function withShare(contents: TestContents, index: number, share: number): TestContents {
  const changed = withChanged(contents, index, { share });
  return changed.test?.others.length === 1
    ? withChanged(changed, 1 - index, { share: 100 - share })
    : changed;
}

/** What is wrong with the shares together; null: they are 100 percent. */
export function sharesFault(messages: readonly Pick<DraftMessage, 'share'>[]): string | null {
  const sum = messages.reduce((all, { share }) => all + share, 0);
  return sum === 100 ? null : `The shares add up to ${sum} %: make it 100 %.`;
}

/** Whole percents that add up to 100: 34, 33, 33. */
export function equalShares(count: number): number[] {
  const least = Math.floor(100 / count);
  return Array.from({ length: count }, (_, i) => least + (i < 100 - least * count ? 1 : 0));
}

function sharedEqually(messages: readonly DraftMessage[]): DraftMessage[] {
  const shares = equalShares(messages.length);
  return messages.map((message, i) => ({ ...message, share: shares[i] ?? 0 }));
}

function pick<T>(from: Readonly<Record<string, T>>, wants: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => wants(key)));
}
