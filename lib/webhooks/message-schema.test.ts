import { describe, expect, it } from 'vitest';
import { readMessage } from './message-schema';

const message = (values: Record<string, unknown>) => ({
  id: 'wamid.in',
  from: '12025550100',
  timestamp: '1763900000',
  ...values,
});

describe('reading an inbound message', () => {
  it.each([
    [{ type: 'text', text: { body: 'Hello' } }, 'text', 'Hello'],
    [{ type: 'button', button: { text: 'Stop promotions', payload: 'p' } }, 'button', 'Stop promotions'],
    [
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'x', title: 'Yes' } } },
      'interactive',
      'Yes',
    ],
    [{ type: 'interactive', interactive: { list_reply: { id: 'x', title: 'Row' } } }, 'interactive', 'Row'],
    [{ type: 'image', image: { id: '1', caption: 'Look' } }, 'image', 'Look'],
    [{ type: 'sticker', sticker: { id: '1' } }, 'sticker', null],
    [{ type: 'location', location: { latitude: 1, longitude: 2 } }, 'location', null],
    [{ type: 'contacts', contacts: [] }, 'contacts', null],
    [{ type: 'reaction', reaction: { emoji: '\u{1F44D}', message_id: 'w' } }, 'reaction', '\u{1F44D}'],
    [
      { type: 'system', system: { body: 'changed number', type: 'user_changed_number' } },
      'system',
      'changed number',
    ],
    [{ type: 'unsupported', errors: [{ code: 131051 }] }, 'unsupported', null],
    [{ type: 'something_of_2031', something_of_2031: {} }, 'something_of_2031', null],
    [{ text: 7 }, 'unsupported', null],
  ])('%j', (values, kind, body) => {
    expect(readMessage(message(values))).toMatchObject({
      wamid: 'wamid.in',
      phone: '+12025550100',
      kind,
      body,
    });
  });

  it('keeps a business-scoped id where the number is missing', () => {
    const raw = message({ from: undefined, from_user_id: 'US.13491208655302741918', type: 'text' });
    expect(readMessage(raw)).toMatchObject({ phone: null, userRef: 'US.13491208655302741918' });
  });

  it('hears a button by its text and its payload', () => {
    const raw = message({
      type: 'button',
      button: { text: 'No thanks', payload: 'STOP' },
      context: { id: 'wamid.out' },
    });
    expect(readMessage(raw)).toMatchObject({ said: ['No thanks', 'STOP'], contextWamid: 'wamid.out' });
  });

  it.each([null, 'x', {}, { id: 7 }, { id: '' }])('is none: %j', (raw) => {
    expect(readMessage(raw)).toBeNull();
  });
});
