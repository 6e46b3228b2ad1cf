import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = import.meta.dirname;
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('page.tsx'),
);

describe('every page behind the sign-in', () => {
  it.each(pages)('%s asks for the user before it reads anything', (file) => {
    const source = readFileSync(path.join(folder, file), 'utf8');
    const page = source.slice(source.indexOf('export default async function'));
    const asks = page.indexOf('await requireUser(');
    expect(asks).toBeGreaterThan(0);
    const reads = /await (Promise\.all|load|list|get|check)/.exec(page)?.index ?? Infinity;
    expect(asks).toBeLessThan(reads);
  });

  it('is found by this test', () => {
    expect(pages.length).toBeGreaterThan(1);
  });
});
