import type { OutgoingHttpHeaders } from 'node:http';

export interface SecurityOptions {
  /** Fresh for each request. */
  nonce: string;
  /** Where people reach us; https switches HSTS on. */
  publicUrl: string;
  /** React's development build evaluates code, and its reload comes over a WebSocket. */
  dev: boolean;
}

/** Scripts run only with the request's nonce, or when one of those loads them; nothing comes from elsewhere. */
export function contentSecurityPolicy({ nonce, publicUrl, dev }: SecurityOptions): string {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (publicUrl.startsWith('https://')) policy.push('upgrade-insecure-requests');
  return policy.join('; ');
}

/** The headers of every answer, whoever gives it. */
export function securityHeaders(options: SecurityOptions): OutgoingHttpHeaders {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(options.publicUrl.startsWith('https://')
      ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }
      : {}),
  };
}
