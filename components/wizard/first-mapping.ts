import type { AudienceFile } from '@/components/audience/types';
import type { DraftContents } from '@/lib/drafts/schema';
import { guessMapping } from '@/lib/recipients/guess-mapping';
import { keysOfMapping, type NamedSource } from '@/lib/recipients/mapping';
import type { Template, TemplateComponent } from '@/lib/templates/schema';

interface Question {
  file: Pick<AudienceFile, 'columns' | 'sample'>;
  template: Pick<Template, 'parameters' | 'components' | 'last_mapping'>;
  contents: Pick<DraftContents, 'mapping' | 'guessed'>;
}

/**
 * A mapping for a file or template that has just been chosen (pure): what was there and still fits stays, then as
 * last time, then a guess; the latter two are marked as guessed.
 */
export function firstMapping({
  file,
  template,
  contents,
}: Question): Pick<DraftContents, 'mapping' | 'guessed'> {
  const fits = (source: NamedSource | undefined) =>
    source !== undefined &&
    (source.column === undefined ? Boolean(source.text) : file.columns.includes(source.column));
  const guesses = guessMapping({
    ...file,
    parameters: template.parameters,
    leadIns: leadInsOf(template.components),
  });
  const keys = keysOfMapping(template.parameters);
  const mapping: Record<string, NamedSource> = {};
  const guessed: string[] = [];
  for (const key of keys) {
    const own = contents.mapping[key];
    if (own && fits(own)) {
      mapping[key] = own;
      if (contents.guessed.includes(key)) guessed.push(key);
      continue;
    }
    const last = template.last_mapping?.[key];
    const source = fits(last) ? last : guesses[key];
    if (!source) continue;
    mapping[key] = source;
    guessed.push(key);
  }
  return { mapping, guessed };
}

/** The words before each placeholder of header and body, by parameter key. */
function leadInsOf(components: readonly TemplateComponent[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const component of components) {
    const type = component.type.toLowerCase();
    if ((type !== 'header' && type !== 'body') || typeof component.text !== 'string') continue;
    for (const match of component.text.matchAll(/([^{}]{0,40})\{\{\s*(\w+)\s*\}\}/g)) {
      const [, before = '', name = ''] = match;
      found[`${type}_param_${name}`] ??= before;
    }
  }
  return found;
}
