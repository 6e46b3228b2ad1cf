import { expect, test } from 'vitest';
import { FailureShare } from './failure-share';

const START = { answered: 0, failed: 0 };

test('says nothing before the window is full, then looks at its last messages only', () => {
  const share = new FailureShare(START);
  expect(share.observe({ answered: 100, failed: 100 }, 200)).toBeNull();
  expect(share.observe({ answered: 200, failed: 100 }, 200)).toEqual({ answered: 200, failed: 100 });
  expect(share.observe({ answered: 300, failed: 100 }, 200)).toEqual({ answered: 200, failed: 0 });
  expect(share.observe({ answered: 5300, failed: 600 }, 200)).toEqual({ answered: 5000, failed: 500 });
});

test('counts a failure when it is reported, though the message was taken long before', () => {
  const share = new FailureShare(START);
  expect(share.observe({ answered: 200, failed: 0 }, 200)).toEqual({ answered: 200, failed: 0 });
  expect(share.observe({ answered: 200, failed: 150 }, 200)).toEqual({ answered: 200, failed: 150 });
});

test('what had failed before the watch began is not held against the campaign', () => {
  const share = new FailureShare({ answered: 1000, failed: 900 });
  expect(share.observe({ answered: 1100, failed: 900 }, 200)).toBeNull();
  expect(share.observe({ answered: 1200, failed: 910 }, 200)).toEqual({ answered: 200, failed: 10 });
});

test('begins anew when a retry takes the failed back', () => {
  const share = new FailureShare(START);
  share.observe({ answered: 500, failed: 100 }, 200);
  expect(share.observe({ answered: 400, failed: 0 }, 200)).toBeNull();
  expect(share.observe({ answered: 600, failed: 60 }, 200)).toEqual({ answered: 200, failed: 60 });
});

test('keeps few readings, however long a campaign runs', () => {
  const share = new FailureShare(START);
  for (let answered = 1; answered < 50_000; answered += 10) share.observe({ answered, failed: 0 }, 200);
  expect(JSON.stringify(share).length).toBeLessThan(2_000);
});
