import { expect, test } from 'vitest';
import { makePlace, productEnvironment, RunningScript } from '../support/product';

test(
  'npm run demo sends the example list, every receipt comes back, and the books balance',
  { timeout: 300_000 },
  async () => {
    const place = await makePlace();
    const demo = new RunningScript('scripts/demo.mjs --exit', productEnvironment(place));
    const code = await demo.exited;
    await place.remove();
    expect({ code, output: demo.output }).toMatchObject({ code: 0 });
    expect(demo.output).toMatch(/506 rows: 492 imported, 8 invalid, 6 duplicates/);
    const [, total, sent, failed, skipped, unconfirmed, pending] =
      /The books balance: (\d+) recipients = (\d+) sent .* \+ (\d+) failed \+ (\d+) skipped \+ (\d+) unconfirmed \+ (\d+) pending/
        .exec(demo.output)
        ?.map(Number) ?? [];
    expect(total).toBe(492);
    expect(pending).toBe(0);
    expect((sent ?? 0) + (failed ?? 0) + (skipped ?? 0) + (unconfirmed ?? 0)).toBe(total);
    expect(sent).toBeGreaterThan(470);
    expect(demo.output).toMatch(/password {2}\S{16}/);
  },
);
