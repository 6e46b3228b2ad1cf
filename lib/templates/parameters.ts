import type { ParameterFormat, TemplateComponent, TemplateParameter } from './schema';
import { allSlots, readSlots } from './read-slots';

/** What a recipient fills in a template, each key once (browser-safe). Contract §4, Templates. */
export function deriveParameters(
  components: readonly TemplateComponent[],
  format: ParameterFormat,
): TemplateParameter[] {
  const parameters = new Map<string, TemplateParameter>();
  for (const { key, component, required, example, maxChars } of allSlots(readSlots(components, format))) {
    const known = parameters.get(key);
    const longest = maxChars ?? known?.max_chars;
    const parameter: TemplateParameter = known ?? { key, component, required, example };
    parameters.set(key, longest === undefined ? parameter : { ...parameter, max_chars: longest });
  }
  return [...parameters.values()];
}
