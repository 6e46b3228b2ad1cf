import localFont from 'next/font/local';

/**
 * The text's own font. `optional`: one that is late is not swapped in under a reader's eyes, which would move what he
 * reads; it is there from the next page on.
 */
export const geistSans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
  display: 'optional',
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
