import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords';

describe('passwords', () => {
  it("are stored as argon2id with at least OWASP's parameters, salted", async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it('verify by their own hash only', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('Correct horse', hash)).toBe(false);
    expect(await verifyPassword('correct horse', 'not a hash')).toBe(false);
  });

  it('are never right for nobody, and are hashed all the same', async () => {
    expect(await verifyPassword('nobody has this password', undefined)).toBe(false);
  });

  it('queue up to a bound, then are refused with 503', async () => {
    const all = await Promise.allSettled(Array.from({ length: 120 }, () => hashPassword('correct horse')));
    const refused = all.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(25);
    expect(refused[0]?.reason).toMatchObject({ kind: 'unavailable', code: 'busy' });
  });
});
