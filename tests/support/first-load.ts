import { gzipSync } from 'node:zlib';

/** What the list of campaigns may load of scripts before it is alive, KB of 1,000 bytes. */
export const MOST_FIRST_LOAD_KB = 150;

/** Every script the page's HTML asks a browser of today for, each gzipped by itself, in KB of 1,000 bytes. */
export async function firstLoadScriptKb(page: string, cookie: string): Promise<number> {
  const html = await (await fetch(page, { headers: { cookie } })).text();
  const tags = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)];
  const sources = new Set(tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, source]) => source ?? ''));
  if (sources.size === 0) throw new Error(`${page} asks for no script: is this the page?`);
  let bytes = 0;
  for (const source of sources) {
    const script = await fetch(new URL(source, page));
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  return bytes / 1000;
}
