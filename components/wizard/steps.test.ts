import { describe, expect, it } from 'vitest';
import { draftContentsSchema } from '@/lib/drafts/schema';
import type { Template } from '@/lib/templates/schema';
import type { WizardMessage } from './use-messages';
import { missingOf, unmappedKeys, usableMapping, type WizardFacts } from './steps';

const template = {
  unsendable_reason: null,
  parameters: [
    { key: 'body_param_1', component: 'body', required: true, example: null },
    { key: 'button_payload_param_1', component: 'button', required: false, example: null },
  ],
} as unknown as Template;
const file = { columns: ['Mobile', 'Name'] };
const mapping = { phone_number: { column: 'Mobile' }, body_param_1: { column: 'Name' } };

function message(more: Partial<WizardMessage> = {}): WizardMessage {
  return { key: 'A', templateId: 1, share: 100, mapping: {}, guessed: [], template, tracked: [], ...more };
}

function facts(more: Partial<WizardFacts> = {}): WizardFacts {
  return {
    name: 'Autumn',
    contents: draftContentsSchema.parse({ sender_id: crypto.randomUUID(), mapping, attested: true }),
    messages: [message()],
    audience: { state: 'ready', file: file as never, failure: null },
    check: {
      counts: { total: 2, willSend: 1, invalid: 1, missing: 0, duplicate: 0, suppressed: 0 },
      countries: [],
    },
    checkFailed: false,
    startMissing: null,
    ...more,
  };
}

describe('what a step still needs', () => {
  it('is nothing when all is there', () => {
    expect(Object.values(missingOf(facts())).flat()).toEqual([]);
  });

  it('is a name, a sender and a template that can be sent', () => {
    const empty = facts({
      name: ' ',
      contents: draftContentsSchema.parse({}),
      messages: [message({ template: null })],
    });
    expect(missingOf(empty).template.map(({ field }) => field)).toEqual([
      'campaign-name',
      'sender',
      'template-search',
    ]);
    const paused = { ...template, unsendable_reason: 'WhatsApp paused this template.' };
    expect(missingOf(facts({ messages: [message({ template: paused })] })).template).toMatchObject([
      { message: 'WhatsApp paused this template.' },
    ]);
  });

  it('is where a tracked button leads, https and of no other form', () => {
    const key = 'button_url_param';
    const missing = (given?: string) => {
      const contents = draftContentsSchema.parse({
        ...facts().contents,
        ...(given === undefined ? {} : { track_clicks: { [key]: given } }),
      });
      return missingOf(facts({ messages: [message({ tracked: [key] })], contents })).map.map(
        ({ field }) => field,
      );
    };
    for (const wrong of [undefined, ' ', 'shop.example', 'http://shop.example/', 'https://{{1}}/'])
      expect(missing(wrong)).toEqual(['destination-button_url_param']);
    expect(missing('https://shop.example/{{1}}')).toEqual([]);
  });

  it('is every required field that no column of this file and no text fills', () => {
    expect(unmappedKeys(mapping, file, template)).toEqual([]);
    expect(unmappedKeys({}, file, template)).toEqual(['phone_number', 'body_param_1']);
    expect(unmappedKeys({ ...mapping, body_param_1: { column: 'Gone' } }, file, template)).toEqual([
      'body_param_1',
    ]);
    expect(unmappedKeys({ ...mapping, body_param_1: { text: 'friend' } }, file, template)).toEqual([]);
    expect(unmappedKeys({ ...mapping, body_param_1: { text: '  ' } }, file, template)).toEqual([
      'body_param_1',
    ]);
    expect(unmappedKeys({ ...mapping, phone_number: { text: '+49151' } }, file, template)).toEqual([
      'phone_number',
    ]);
  });

  it('of a test is all of that for each message, and shares that make 100 %', () => {
    const two = [message({ share: 50 }), message({ key: 'B', share: 50, template: null })];
    expect(missingOf(facts({ messages: two })).template).toEqual([
      { field: 'template-search', of: 1, message: 'Message B: Choose a template.' },
    ]);
    expect(missingOf(facts({ messages: two })).map).toEqual([]);
    const uneven = [
      message({ share: 34 }),
      message({ key: 'B', share: 33 }),
      message({ key: 'C', share: 20 }),
    ];
    expect(missingOf(facts({ messages: uneven })).template).toEqual([
      { field: 'share-A', message: 'The shares add up to 87 %: make it 100 %.' },
    ]);

    const other = { template_id: 1, share: 50, mapping: {}, guessed: [] };
    const contents = { ...facts().contents, test: { share: 50, others: [other], holdback: null } };
    const filled = [message({ share: 50 }), message({ key: 'B', share: 50 })];
    expect(missingOf(facts({ messages: filled, contents })).map).toEqual([
      { field: 'source-body_param_1', of: 1, message: 'Message B: Choose what fills “Text {{1}}”.' },
    ]);
    const without = { ...contents, mapping: {} };
    expect(
      missingOf(facts({ messages: filled, contents: without })).map.map(({ field, of }) => [field, of]),
    ).toEqual([
      ['source-phone_number', undefined],
      ['source-body_param_1', 0],
      ['source-body_param_1', 1],
    ]);
  });

  it('of a test is one destination for a button that several messages have, and no button of two kinds', () => {
    const key = 'button_url_param';
    const buttons = { ...template, parameters: [{ key, required: false }] } as unknown as Template;
    const of = (more: Partial<WizardMessage>) => message({ share: 50, template: buttons, ...more });
    const alike = [of({ tracked: [key] }), of({ key: 'B', tracked: [key] })];
    expect(missingOf(facts({ messages: alike })).map).toMatchObject([
      { field: 'destination-button_url_param', of: 0 },
    ]);
    const unlike = [of({ tracked: [key] }), of({ key: 'B' })];
    expect(missingOf(facts({ messages: unlike })).template).toMatchObject([
      { of: 1, field: 'template-search' },
    ]);
    expect(missingOf(facts({ messages: alike })).template).toEqual([]);
  });

  it('is a finished check, and at least one row to send to', () => {
    expect(missingOf(facts({ check: null })).map).toMatchObject([{ passes: true }]);
    const failed = missingOf(facts({ check: null, checkFailed: true })).map;
    expect(failed.map(({ passes }) => passes)).toEqual([undefined]);
    const counts = { total: 1, willSend: 0, invalid: 1, missing: 0, duplicate: 0, suppressed: 0 };
    expect(missingOf(facts({ check: { counts, countries: [] } })).map).toMatchObject([
      { message: expect.stringContaining('No row') as string },
    ]);
  });

  it('is the word that these people agreed', () => {
    const contents = { ...facts().contents, attested: false };
    expect(missingOf(facts({ contents })).review).toHaveLength(1);
  });
});

describe('the mapping that is sent', () => {
  it('leaves out what this file or template does not have, and keeps a fallback', () => {
    const kept = {
      phone_number: { column: 'Mobile', text: '' },
      country_code: { column: 'CC' },
      body_param_1: { column: 'Name', text: 'friend' },
      body_param_9: { column: 'Name' },
    };
    expect(usableMapping(kept, file, template)).toEqual({
      phone_number: { column: 'Mobile' },
      body_param_1: { column: 'Name', text: 'friend' },
    });
  });
});
