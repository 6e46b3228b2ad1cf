import { describe, expect, it } from 'vitest';
import { formatText } from './text-format';

/** `b(bold) plain`: each run in brackets after the first letters of its styles. */
function shown(text: string): string[] {
  return formatText(text).map(({ kind, label, runs }) => {
    const words = runs.map(({ start, end, styles }) => {
      const part = text.slice(start, end);
      return styles.length > 0 ? `${styles.map((style) => style[0]).join('')}(${part})` : part;
    });
    const prefix = { plain: '', bullet: '• ', number: `${label} `, quote: '| ' }[kind];
    return prefix + words.join('');
  });
}

describe('a message is formatted as WhatsApp does it', () => {
  it.each([
    ['Hi *Ana*, _now_ ~later~!', 'Hi b(Ana), i(now) s(later)!'],
    ['*two words* here', 'b(two words) here'],
    ['*_both_*', 'bi(both)'],
    ['_*both* and more_', 'bi(both)i( and more)'],
    ['run `npm *x*` now', 'run c(npm *x*) now'],
    ['a ```code *x*``` b', 'a m(code *x*) b'],
    ['*bold ```mono``` bold*', 'b(bold )bm(mono)b( bold)'],
    ['*١٢٣* عيد *مبارك*', 'b(١٢٣) عيد b(مبارك)'],
    ['(*x*)', '(b(x))'],
    ['*🎉 now*', 'b(🎉 now)'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual([expected]);
  });

  it.each([
    'snake_case_name',
    '2*3*4 = 24',
    'a * b * c',
    '~ ~',
    '**',
    '*open',
    'close*',
    '*not closed *',
    '``',
    '`open',
    '```open',
    '~ no ~',
    'mañana*x*y',
  ])('what is no formatting stays as it is: %s', (text) => {
    expect(shown(text)).toEqual([text]);
  });

  it('a marker that does not close inside another stays a character', () => {
    expect(shown('*a _b* c_')).toEqual(['b(a _b) c_']);
  });

  it('bold, italic and strike end with their line', () => {
    expect(shown('*a\nb*')).toEqual(['*a', 'b*']);
  });

  it('bullets, numbers and quotes are lines of their own kind, with formatting in them', () => {
    expect(shown('- one\n* *two*\n1. first\n12. twelfth\n> said\n-5 degrees\n*\n>')).toEqual([
      '• one',
      '• b(two)',
      '1. first',
      '12. twelfth',
      '| said',
      '-5 degrees',
      '*',
      '| ',
    ]);
  });

  it('three backticks go over lines, and a line of them alone is not shown', () => {
    expect(shown('see\n```\n* a\n_b_\n```\nend')).toEqual(['see', 'm(* a)', 'm(_b_)', 'end']);
    expect(shown('```a\nb```')).toEqual(['m(a)', 'm(b)']);
  });

  it('empty lines stay', () => {
    expect(shown('a\n\nb\n')).toEqual(['a', '', 'b', '']);
    expect(shown('')).toEqual(['']);
  });

  it('nothing of the text is lost but the markers', () => {
    const text = 'Hi *Ana*, `x` ~_y_~ ```z``` 1 *2';
    const kept = formatText(text).flatMap(({ runs }) => runs.map(({ start, end }) => text.slice(start, end)));
    expect(kept.join('')).toBe(text.replace(/\*Ana\*/, 'Ana').replace(/[`~_]/g, ''));
  });
});

it('a text far longer than WhatsApp takes is shown whole, its end without formatting', () => {
  const text = `*a* ${'x'.repeat(20_000)} *b*`;
  const runs = formatText(text).flatMap((line) => line.runs);
  expect(runs.at(0)?.styles).toEqual(['bold']);
  expect(runs.at(-1)).toMatchObject({ end: text.length, styles: [] });
});

describe('no text takes long, however it is made up', () => {
  const fill = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length)).slice(0, 1_000_000);

  it.each(['a', '*', '`', '```', '* ', '*a ', '*a_', '_*~', '*a* ', '`\n', '> ', '- ', '1. ', 'é*', ' *x'])(
    'a megabyte of %j',
    (part) => {
      const text = fill(part);
      const best = Math.min(...[1, 2, 3].map(() => timeOf(text)));
      expect(best).toBeLessThan(150);
    },
  );

  function timeOf(text: string): number {
    const start = performance.now();
    formatText(text);
    return performance.now() - start;
  }
});
