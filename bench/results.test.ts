import { describe, expect, it } from 'vitest';
import { replaceSection } from './results';

const DOCUMENT = '# Results\n\nIntroduction.\n\n## Speed\n\nold\n\n## Import\n\nkept\n';

describe('replaceSection', () => {
  it('replaces one measurement and leaves the others as they are, in their places', () => {
    expect(replaceSection(DOCUMENT, 'Speed', 'new')).toBe(
      '# Results\n\nIntroduction.\n\n## Speed\n\nnew\n\n## Import\n\nkept\n',
    );
  });

  it('adds a measurement that was not there at the end', () => {
    expect(replaceSection(DOCUMENT, 'Webhook', 'first')).toBe(`${DOCUMENT}\n## Webhook\n\nfirst\n`);
  });

  it('takes a section by its whole name', () => {
    expect(replaceSection(DOCUMENT, 'Spee', 'other')).toContain('## Speed\n\nold\n');
  });

  it('is the same when done twice', () => {
    const once = replaceSection(DOCUMENT, 'Speed', 'new');
    expect(replaceSection(once, 'Speed', 'new')).toBe(once);
  });
});
