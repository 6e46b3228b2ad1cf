import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@/lib/errors';
import type { Mapping } from '@/lib/recipients/params';
import { VARIANT_KEYS, type VariantKey } from '@/lib/variants/keys';
import type { Followed } from './followed';

interface Wanted {
  /** Of the follow-up. */
  templateId: number;
  /** Whose values a person asked for. */
  message: VariantKey | undefined;
  /** Whether the follow-up says itself what fills it. */
  isGiven: boolean;
}

/**
 * How the followed campaign filled this template; undefined: it did not send it. A follow-up has one message for
 * everybody, so that of several messages with this template, filled in different ways, none is taken unasked: throws
 * 422 that asks, and 422 for a message that is not there or is of another template.
 */
export function fillingOf(
  { templateId, mapping, variants }: Pick<Followed, 'templateId' | 'mapping' | 'variants'>,
  { templateId: wanted, message, isGiven }: Wanted,
): Mapping | undefined {
  const messages = (variants ?? [{ template_id: templateId, mapping }]).map((each, i) => ({
    key: VARIANT_KEYS[i] ?? 'A',
    ...each,
  }));
  if (message !== undefined) {
    const asked = variants && messages.find(({ key }) => key === message);
    if (!asked) throw invalid(variants ? `The campaign has no message ${message}.` : NO_TEST);
    if (isGiven) throw invalid('Give `mapping` or `message`: both say what fills the message.');
    if (asked.template_id !== wanted)
      throw invalid(`Message ${message} has another template: give \`mapping\`, or choose its template.`);
    return asked.mapping;
  }
  const [first, ...others] = messages.filter((each) => each.template_id === wanted);
  if (!isGiven && first && others.some((other) => !isDeepStrictEqual(other.mapping, first.mapping))) {
    const keys = [first, ...others].map(({ key }) => key).join(', ');
    throw invalid(
      `Messages ${keys} have this template and are filled in different ways: say in \`message\` which of them, or give \`mapping\`.`,
    );
  }
  return first?.mapping;
}

const NO_TEST = 'The campaign has one message: leave `message` out.';

function invalid(message: string): AppError {
  return new AppError('invalid', 'message_invalid', message, { issues: [{ path: 'message', message }] });
}
