import { makeObjectId } from '../identifiers';
import { defaultTemplates } from '../catalogue/default-templates';
import { isFailure, type GraphFailure } from '../graph-errors';
import { shapeOf, templateSchema, type GraphTemplate, type TemplateShape } from '../template';
import { checkMessage, type CheckedMessage } from '../validate-message';

export const text = (value: string, parameter_name?: string): object => ({
  type: 'text',
  text: value,
  ...(parameter_name ? { parameter_name } : {}),
});

export const header = (...parameters: object[]): object => ({ type: 'header', parameters });
export const body = (...parameters: object[]): object => ({ type: 'body', parameters });
export const button = (sub_type: string, index: unknown, ...parameters: object[]): object => ({
  type: 'button',
  sub_type,
  index,
  parameters,
});

export const blackFriday = [
  header(text('Maria')),
  body(text('Maria'), text('40%')),
  button('url', '0', text('maria-40')),
];

/** A template message that is in order, but for what is said. */
export function message(to: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    biz_opaque_callback_data: `data-${to}`,
    template: { name: 'black_friday', language: { code: 'en_US' }, components: blackFriday },
    ...over,
  };
}

export const templateOf = (name: string, components: unknown, language = 'en_US'): object => ({
  name,
  language: { code: language },
  ...(components === undefined ? {} : { components }),
});

const shapes = new Map<string, TemplateShape>();
for (const template of defaultTemplates())
  shapes.set(`${template.name} ${template.language}`, shapeOf(template));

/** Makes further templates known to `check`. */
export function know(template: Partial<GraphTemplate> & Pick<GraphTemplate, 'name' | 'components'>): void {
  const parsed = templateSchema.parse({
    id: makeObjectId(),
    language: 'en_US',
    category: 'MARKETING',
    status: 'APPROVED',
    quality_score: { score: 'GREEN' },
    ...template,
  });
  shapes.set(`${parsed.name} ${parsed.language}`, shapeOf(parsed));
}

/** The verdict on a body, as the sender +1 555 078 3881 gets it. */
export function check(
  value: unknown,
  graphVersion = 25,
  edge: 'messages' | 'marketing_messages' = 'messages',
): CheckedMessage | GraphFailure {
  return checkMessage(value, {
    graphVersion,
    edge,
    senderDigits: '15550783881',
    senderCountryCode: '1',
    isKnownMedia: (id) => id === '4490709327384033',
    findTemplate: (name, language) => shapes.get(`${name} ${language}`),
  });
}

/** `[code, httpStatus, details or message]` of a refusal, or `taken`. */
export function verdict(
  value: unknown,
  graphVersion = 25,
  edge: 'messages' | 'marketing_messages' = 'messages',
): string {
  const found = check(value, graphVersion, edge);
  return isFailure(found) ? `${found.code} ${found.httpStatus} ${found.details ?? found.message}` : 'taken';
}
