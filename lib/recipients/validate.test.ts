import { describe, expect, it } from 'vitest';
import type { TemplateParameter } from '@/lib/templates/schema';
import { checkRecipient } from './validate';

const parameter = (key: string, required = true): TemplateParameter => ({
  key,
  component: 'body',
  required,
  example: null,
});

function problems(params: Record<string, string>, keys: TemplateParameter[], phoneNumber = '+447911123456') {
  const checked = checkRecipient({ phoneNumber, countryCode: '', params }, { parameters: keys });
  return checked.ok ? [] : checked.problems.map(({ key }) => key);
}

describe('a recipient', () => {
  it('with everything the template needs is taken, with its number in E.164', () => {
    const checked = checkRecipient(
      { phoneNumber: '07911 123456', countryCode: '', params: { body_param_1: 'Ana' } },
      { parameters: [parameter('body_param_1'), parameter('x', false)], defaultCountry: 'GB' },
    );
    expect(checked).toEqual({ ok: true, phone: '+447911123456', callingCode: 44, country: 'GG' });
  });

  it('is told everything that is wrong at once', () => {
    const keys = [parameter('body_param_1'), parameter('body_param_2'), parameter('header_media_url')];
    expect(problems({ header_media_url: 'ftp://x' }, keys, '12')).toEqual([
      'phone_number',
      'body_param_1',
      'body_param_2',
      'header_media_url',
    ]);
  });

  it.each([
    ['body_param_name', 1024],
    ['header_param_1', 60],
    ['button_url_param_2', 2000],
    ['button_payload_param_1', 128],
  ])('%s has room for %i characters, counted as people count them', (key, max) => {
    expect(problems({ [key]: '🎉'.repeat(max) }, [parameter(key)])).toEqual([]);
    expect(problems({ [key]: 'x'.repeat(max + 1) }, [parameter(key)])).toEqual([key]);
  });

  it.each(['https://', 'cdn.example.com/a.png', 'javascript:alert(1)', 'https://a b'])(
    'cannot have %s as the link of a medium',
    (link) => {
      expect(problems({ header_media_url: link }, [parameter('header_media_url')])).toEqual([
        'header_media_url',
      ]);
    },
  );

  it('is told the link of a medium that WhatsApp takes: https or http, as its reference says', () => {
    const link = (url: string) => {
      const checked = checkRecipient(
        { phoneNumber: '+447911123456', countryCode: '', params: { header_media_url: url } },
        { parameters: [parameter('header_media_url')] },
      );
      return checked.ok ? [] : checked.problems.map(({ message }) => message);
    };
    expect(link('http://cdn.example.com/a.png')).toEqual([]);
    expect(link('https://cdn.example.com/a.png')).toEqual([]);
    expect(link('ftp://cdn.example.com/a.png')).toEqual([
      'This must be a link that starts with https:// or http://.',
    ]);
  });
});
