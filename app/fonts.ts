import localFont from 'next/font/local';

/** Set in codes and keys only: fetched where a page shows one, not ahead of every page as the text's own font is. */
export const geistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  preload: false,
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'Menlo', 'Liberation Mono', 'monospace'],
});
