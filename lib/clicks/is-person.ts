import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who fetches links without anybody having tapped them: WhatsApp's and other messengers' previews, crawlers, and
 * programs. WhatsApp's own fetcher begins with its name; a browser inside another program begins with Mozilla.
 */
const PROGRAMS =
  /^(?:whatsapp|curl|wget|python|go-http-client|java|okhttp|node|undici|axios|ruby|perl|libwww)|bot\b|bot\/|crawler|spider|slurp|preview|facebookexternalhit|facebookcatalog|meta-external|facebot|embedly|headlesschrome|lighthouse|monitor|scanner/i;

/** Whether a request for a tracked link is a tap, as far as its headers tell: then it counts. */
export function isPerson(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (method !== 'GET') return false;
  const agent = headers['user-agent'] ?? '';
  if (agent === '' || PROGRAMS.test(agent)) return false;
  const purposes = [headers.purpose, headers['sec-purpose'], headers['x-purpose'], headers['x-moz']];
  return !purposes.flat().some((purpose) => purpose && /prefetch|prerender|preview/i.test(purpose));
}
