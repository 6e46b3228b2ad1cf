import { describe, expect, it } from 'vitest';
import { draftContentsSchema } from '@/lib/drafts/schema';
import {
  equalShares,
  fillingOf,
  messagesOf,
  withChanged,
  withFilling,
  withMessage,
  withoutMessage,
  withShare,
  type DraftMessage,
} from './messages';

const one = draftContentsSchema.parse({
  template_id: 7,
  mapping: { phone_number: { column: 'Mobile' }, body_param_1: { column: 'Name' } },
  guessed: ['phone_number', 'body_param_1'],
});

const sharesOf = (contents: Parameters<typeof messagesOf>[0]) =>
  messagesOf(contents).map(({ key, share }) => `${key} ${share}`);

/** As a save and a reload would have it. */
const kept = (change: object) => draftContentsSchema.parse({ ...one, ...change });

describe('the messages of a draft', () => {
  it('are one with everybody, until another is added; the numbers belong to none of them', () => {
    expect(messagesOf(one)).toEqual<DraftMessage[]>([
      {
        key: 'A',
        templateId: 7,
        share: 100,
        mapping: { body_param_1: { column: 'Name' } },
        guessed: ['body_param_1'],
      },
    ]);
    const two = kept(withMessage(one));
    expect(sharesOf(two)).toEqual(['A 50', 'B 50']);
    expect(two.mapping).toEqual(one.mapping);
    expect(messagesOf(two)[1]).toMatchObject({ templateId: null, mapping: {} });
  });

  it('have equal shares that add up, however many there are', () => {
    const three = kept(withMessage(kept(withMessage(one))));
    expect(sharesOf(three)).toEqual(['A 34', 'B 33', 'C 33']);
    expect(sharesOf(kept(withMessage(three)))).toEqual(['A 25', 'B 25', 'C 25', 'D 25']);
    for (const count of [2, 3, 4])
      expect(equalShares(count).reduce((sum, share) => sum + share, 0)).toBe(100);
  });

  it('give what one of two gets less to the other, and leave more than two to a person', () => {
    const two = kept(withMessage(one));
    expect(sharesOf(withShare(two, 1, 20))).toEqual(['A 80', 'B 20']);
    expect(sharesOf(withShare(two, 0, 70))).toEqual(['A 70', 'B 30']);
    expect(sharesOf(withShare(kept(withMessage(two)), 2, 20))).toEqual(['A 34', 'B 33', 'C 20']);
  });

  it('are filled each by itself; only the first says what finds the numbers', () => {
    const two = kept(withMessage(one));
    const filling = {
      mapping: { phone_number: { column: 'Other' }, body_param_1: { text: 'x' } },
      guessed: [],
    };
    const second = kept(withFilling(two, 1, filling));
    expect(second.mapping).toEqual(one.mapping);
    expect(fillingOf(second, 1)).toEqual({
      mapping: { phone_number: { column: 'Mobile' }, body_param_1: { text: 'x' } },
      guessed: ['phone_number'],
    });
    expect(fillingOf(kept({ ...second, ...withFilling(second, 0, filling) }), 1).mapping).toEqual(
      filling.mapping,
    );
  });

  it('close up when one goes: the next takes its name, what finds the numbers stays, and of one there is no test', () => {
    const holdback = { percent: 20, decide_by: 'read', after_minutes: null };
    const two = kept(
      withChanged(kept(withMessage(one)), 1, { templateId: 9, mapping: { header_param_1: { text: 'x' } } }),
    );
    const held = kept({ ...two, test: { ...two.test, holdback } });
    expect(kept(withMessage(held)).test?.holdback).toEqual(holdback);
    const left = withoutMessage(held, 0);
    expect(left).toEqual({
      template_id: 9,
      mapping: { phone_number: { column: 'Mobile' }, header_param_1: { text: 'x' } },
      guessed: ['phone_number'],
      test: null,
    });
    expect(
      messagesOf(withoutMessage(kept(withMessage(held)), 0)).map(({ templateId }) => templateId),
    ).toEqual([9, null]);
  });
});
