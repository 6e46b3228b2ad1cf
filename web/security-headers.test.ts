import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from './security-headers';

const https = { nonce: 'abc', publicUrl: 'https://herald.example.com', dev: false };
const http = { ...https, publicUrl: 'http://127.0.0.1:3000' };

describe('the content security policy', () => {
  test('lets only scripts with the request’s nonce run', () => {
    const scripts = /script-src ([^;]+)/.exec(contentSecurityPolicy(https))?.[1];
    expect(scripts).toBe("'self' 'nonce-abc' 'strict-dynamic'");
  });

  test('lets nobody frame the pages, change their base or send their forms away', () => {
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
    ]) {
      expect(contentSecurityPolicy(https)).toContain(rule);
    }
  });

  test('allows evaluation in development only', () => {
    expect(contentSecurityPolicy(https)).not.toContain('unsafe-eval');
    expect(contentSecurityPolicy({ ...http, dev: true })).toContain('unsafe-eval');
  });

  test('asks for https only where people come by https', () => {
    expect(contentSecurityPolicy(https)).toContain('upgrade-insecure-requests');
    expect(contentSecurityPolicy(http)).not.toContain('upgrade-insecure-requests');
    expect(securityHeaders(https)['Strict-Transport-Security']).toMatch(/^max-age=\d{8}/);
    expect(securityHeaders(http)).not.toHaveProperty('Strict-Transport-Security');
  });
});
