import localFont from 'next/font/local';

/**
 * The text's own font: what western Europe writes with, out of Geist-Variable.woff2 (by fonttools: `pyftsubset
 * --flavor=woff2 --unicodes=…` with the range below), 27 KB for 70. `optional`: one that is late is not swapped in
 * under a reader's eyes, which would move what he reads; it is there from the next page on.
 */
export const geistSans = localFont({
  src: './geist-latin.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
  display: 'optional',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
    },
  ],
});

/** The rest of the same font: fetched where a page has such letters. */
export const geistBeyondLatin = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-geist-beyond-latin',
  weight: '100 900',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02D9, U+02DB, U+02DD-1FFF, U+2070-20AB, U+20AD-2121, U+2123-2190, U+2192, U+2194-2211, U+2213-2214, U+2216-FEFE',
    },
  ],
});

/** Set in codes and keys only: fetched where a page shows one, not ahead of every page. */
export const geistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'Menlo', 'Liberation Mono', 'monospace'],
});
