import { invalidParameter, type GraphFailure } from './graph-errors';

/** `fields=a,b{c},d.limit(3)` → [a, b, d]. */
export function parseFields(text: string): string[] {
  const flat = text.replace(/\{[^}]*\}/g, '').replace(/\.[a-z_]+\([^)]*\)/g, '');
  return flat
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
}

/** Only what was asked for, and `id`; a field the node does not have is refused as Graph does. */
export function pickFields(
  node: Record<string, unknown>,
  asked: string | null,
  usual: readonly string[],
  nodeType: string,
): Record<string, unknown> | GraphFailure {
  const fields = asked === null || asked === '' ? usual : parseFields(asked);
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    if (!(field in node)) {
      return invalidParameter(`Tried accessing nonexisting field (${field}) on node type (${nodeType})`);
    }
    if (node[field] !== undefined) picked[field] = node[field];
  }
  picked.id = node.id;
  return picked;
}
