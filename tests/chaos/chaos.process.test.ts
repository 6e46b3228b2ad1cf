import { expect, test } from 'vitest';
import { launchFault } from './launch';
import { runWithMistake } from './mistakes';

// The short end of `npm run chaos`: one fault, and one known mistake that the same oracle must see. Side by side, as
// both mostly wait.

test.concurrent(
  'a worker dies in the midst of a campaign: nobody twice, nobody lost, the books balanced all along',
  { timeout: 120_000 },
  async () => {
    const outcome = await launchFault('dies-claiming', 1);
    expect(outcome).toMatchObject({ kind: 'judged', violations: [], twice: 0, lost: 0 });
  },
);

test.concurrent(
  'a Herald that sends again after a lost answer is found out by the ledger',
  { timeout: 120_000 },
  async () => {
    const rules = (await runWithMistake('resend-after-lost-answer', 1)).map(({ rule }) => rule);
    expect(rules).toContain('nobody twice');
  },
);
