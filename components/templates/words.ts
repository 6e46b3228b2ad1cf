let languages: Intl.DisplayNames | undefined;

/** `en_US` → "English (US)"; what no table knows stays as WhatsApp writes it. */
export function languageWord(language: string): string {
  try {
    // Made when it is wanted: the names of all languages are a lot for a phone to read.
    languages ??= new Intl.DisplayNames('en', {
      type: 'language',
      languageDisplay: 'standard',
      style: 'short',
    });
    return languages.of(language.replaceAll('_', '-')) ?? language;
  } catch {
    return language;
  }
}

/** `MARKETING` → "Marketing", `PENDING_DELETION` → "Pending deletion": WhatsApp's lists stay open. */
export function plainWord(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const STATUS_WORDS: Readonly<Record<string, string>> = { PENDING: 'In review', IN_APPEAL: 'In appeal' };

/** A template's state at WhatsApp in a word or two. */
export function statusWord(status: string): string {
  return STATUS_WORDS[status] ?? plainWord(status);
}
