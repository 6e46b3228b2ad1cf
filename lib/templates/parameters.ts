import type { ParameterFormat, TemplateComponent, TemplateParameter } from './schema';
import { readSlots } from './read-slots';

/** What a recipient fills in a template, each key once (browser-safe). Contract §4, Templates. */
export function deriveParameters(
  components: readonly TemplateComponent[],
  format: ParameterFormat,
): TemplateParameter[] {
  const parameters = new Map<string, TemplateParameter>();
  for (const { key, component, required, example } of readSlots(components, format).slots) {
    if (!parameters.has(key)) parameters.set(key, { key, component, required, example });
  }
  return [...parameters.values()];
}
