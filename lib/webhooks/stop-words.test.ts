import { describe, expect, it } from 'vitest';
import { isStopWord } from './stop-words';

describe('a stop word', () => {
  it.each([
    'STOP',
    ' stop. ',
    'Stop!!! \u{1F621}',
    'StOp',
    'ＳＴＯＰ',
    'Unsubscribe',
    'opt-out',
    'BAJA',
    'alto',
    'Parar',
    'SAIR',
    'ARRET',
    'Arrêt',
    'arre\u0302t',
    'STOPP',
    'إلغاء',
    'الغاء',
    'توقّف',
    'توقف',
    'СТОП',
    'रोकें',
    'İPTAL',
    '退订',
    'Stop promotions',
  ])('is %s', (text) => {
    expect(isStopWord(text)).toBe(true);
  });

  it.each([
    '',
    '   ',
    '!!!',
    'Please stop by the shop tomorrow',
    'stop it, you are too funny',
    'nonstop',
    'Can I cancel my order?',
    'bajada',
    `stop ${'x'.repeat(200)}`,
    'रुका',
  ])('is not %s', (text) => {
    expect(isStopWord(text)).toBe(false);
  });
});
