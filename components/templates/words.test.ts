import { expect, it } from 'vitest';
import { languageWord, plainWord, statusWord } from './words';

it.each([
  ['en_US', 'English (US)'],
  ['es', 'Spanish'],
  ['pt_BR', 'Portuguese (Brazil)'],
  ['ar', 'Arabic'],
  ['not a language', 'not a language'],
])('the language %s is called “%s”', (language, word) => {
  expect(languageWord(language)).toBe(word);
});

it('a state or category nobody knows yet is still a word', () => {
  expect(statusWord('PENDING')).toBe('In review');
  expect(statusWord('PENDING_DELETION')).toBe('Pending deletion');
  expect(plainWord('MARKETING')).toBe('Marketing');
  expect(plainWord('')).toBe('');
});
