import { request, type Dispatcher } from 'undici';
import { isObject, type Json } from './parameters';
import type { SandboxNumber } from './state';
import type { TemplateShape } from './template';

/** A phone's browser, as it opens what was tapped in WhatsApp. */
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';
const TIMEOUT_MS = 10_000;

/** The address of a message's first link button as the phone shows it; null without one. */
export function linkOf(components: unknown, shape: TemplateShape): string | null {
  const buttons = shape.template.components.flatMap((part) =>
    part.type === 'BUTTONS' ? (part.buttons ?? []) : [],
  );
  const index = buttons.findIndex(({ type }) => type === 'URL');
  const url = buttons[index]?.url;
  if (url === undefined) return null;
  const filled = (Array.isArray(components) ? components : []).find(
    (component: unknown): component is Json => isObject(component) && Number(component.index) === index,
  );
  const [parameter] = Array.isArray(filled?.parameters) ? (filled.parameters as unknown[]) : [];
  const value = isObject(parameter) && typeof parameter.text === 'string' ? parameter.text : '';
  return url.replace(/\{\{[^{}]+\}\}/, () => value);
}

/** Opens a link, if it is the product's own: nothing here calls anybody else. Where it leads is not gone to. */
export async function tapLink(dispatcher: Dispatcher, number: SandboxNumber, link: string): Promise<void> {
  if (!URL.canParse(link) || new URL(link).origin !== new URL(number.callback_url).origin) return;
  const options = { dispatcher, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  try {
    const answer = await request(link, { ...options, headers: { 'user-agent': PHONE, accept: 'text/html' } });
    await answer.body.dump();
  } catch {
    // As when a phone has no network: nobody is told.
  }
}
