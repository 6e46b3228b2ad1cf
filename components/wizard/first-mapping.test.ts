import { describe, expect, it } from 'vitest';
import { firstMapping } from './first-mapping';

const template = {
  components: [{ type: 'BODY', text: 'Hi {{1}}, your order {{2}} is on its way.' }],
  parameters: ['body_param_1', 'body_param_2'].map((key) => ({
    key,
    component: 'body' as const,
    required: true,
    example: null,
  })),
  last_mapping: null,
};
const file = {
  columns: ['Mobile', 'First name', 'Order'],
  sample: [['+49 151 23456789', 'Ana', 'A-1']],
};
const nothing = { mapping: {}, guessed: [] };

describe('the first mapping of a file', () => {
  it('is a guess, marked as one; what nobody can know is left open', () => {
    expect(firstMapping({ file, template, contents: nothing })).toEqual({
      mapping: { phone_number: { column: 'Mobile' }, body_param_1: { column: 'First name' } },
      guessed: ['phone_number', 'body_param_1'],
    });
  });

  it('is as last time where the columns are there again', () => {
    const last_mapping = { body_param_2: { column: 'Order' }, body_param_1: { column: 'Gone' } };
    const found = firstMapping({ file, template: { ...template, last_mapping }, contents: nothing });
    expect(found.mapping).toMatchObject({
      body_param_1: { column: 'First name' },
      body_param_2: { column: 'Order' },
    });
    expect(found.guessed).toContain('body_param_2');
  });

  it('keeps what a person chose and still fits, when file or template change', () => {
    const contents = {
      mapping: {
        body_param_1: { text: 'friend' },
        body_param_2: { column: 'First name' },
        body_param_7: { column: 'Order' },
      },
      guessed: [],
    };
    const found = firstMapping({ file, template, contents });
    expect(found.mapping).toEqual({
      phone_number: { column: 'Mobile' },
      body_param_1: { text: 'friend' },
      body_param_2: { column: 'First name' },
    });
    expect(found.guessed).toEqual(['phone_number']);
  });
});
