import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { THEME_COOKIE, parseTheme } from '@/components/layout/theme';
import './globals.css';
import { geistBeyondLatin, geistMono, geistSans } from './fonts';
import { Providers } from './providers';
import { WholePage } from './whole-page';
import { WHOLE_PAGE_ID } from './whole-page-id';

export const metadata: Metadata = {
  title: { default: 'Herald', template: '%s · Herald' },
  description: 'Self-hosted WhatsApp campaigns.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Read so that every page is rendered for its request: only then do scripts carry the request's nonce.
  const nonce = readNonce((await headers()).get('content-security-policy'));
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${geistSans.variable} ${geistBeyondLatin.variable} ${geistMono.variable}`}
    >
      <head>
        {/* Painted once it is whole (whole-page.tsx): else what is sent last moves what was sent first. */}
        <link rel="expect" href={`#${WHOLE_PAGE_ID}`} blocking="render" />
      </head>
      <body className="min-h-dvh">
        <Providers nonce={nonce}>{children}</Providers>
        <WholePage />
      </body>
    </html>
  );
}

/** The nonce the server has put into the request's policy; none where there is no policy. */
function readNonce(policy: string | null): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? '')?.[1];
}
