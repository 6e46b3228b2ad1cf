import { makeObjectId } from '../identifiers';
import type { GraphTemplate } from '../template';
import { marketingTemplates } from './marketing';
import { richTemplates } from './rich';
import { serviceTemplates } from './service';

/** What a new WhatsApp Business Account comes with: more than one page at Graph's usual limits. */
export function defaultTemplates(): GraphTemplate[] {
  return [...marketingTemplates, ...serviceTemplates, ...richTemplates].map((template) => ({
    id: makeObjectId(),
    ...structuredClone(template),
  }));
}
