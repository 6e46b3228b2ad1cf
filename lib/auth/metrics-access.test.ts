import { describe, expect, it } from 'vitest';
import { requireMetricsAccess } from './metrics-access';

function access(headers: Record<string, string>, token?: string): string {
  try {
    requireMetricsAccess(new Headers(headers), token);
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const local = { 'x-herald-client-ip': '127.0.0.1' };

describe('the metrics without a token set', () => {
  it('are for this machine only', () => {
    expect(access(local)).toBe('ok');
    expect(access({ ...local, 'x-forwarded-for': '127.0.0.1' })).toBe('ok');
    expect(access({ 'x-herald-client-ip': '192.0.2.7' })).toBe('loopback_only');
    expect(access({})).toBe('loopback_only');
  });

  it('are not for whoever a proxy on this machine speaks for, nor for who claims to be here', () => {
    expect(access({ ...local, 'x-forwarded-for': '192.0.2.7' })).toBe('loopback_only');
    expect(access({ ...local, 'x-forwarded-for': '127.0.0.1, 192.0.2.7' })).toBe('loopback_only');
    expect(access({ 'x-herald-client-ip': '192.0.2.7', 'x-forwarded-for': '127.0.0.1' })).toBe(
      'loopback_only',
    );
  });
});

describe('the metrics with a token set', () => {
  it('are for whoever has it, from anywhere, and for nobody else', () => {
    const from = { 'x-herald-client-ip': '192.0.2.7' };
    expect(access({ ...from, authorization: 'Bearer sesame' }, 'sesame')).toBe('ok');
    expect(access({ ...from, authorization: 'Bearer sesame2' }, 'sesame')).toBe('unauthenticated');
    expect(access({ ...from, authorization: 'sesame' }, 'sesame')).toBe('unauthenticated');
    expect(access(local, 'sesame')).toBe('unauthenticated');
  });
});
