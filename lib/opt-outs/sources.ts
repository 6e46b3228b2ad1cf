/** Why a number is on the do-not-contact list: each way there is onto it. */
export const OPT_OUT_SOURCES = [
  'stop_word',
  'user_preference',
  'whatsapp_error',
  'manual',
  'import',
] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

/** One word for a table, and a sentence for whoever asks what it means. */
export const SOURCE_WORDS: Record<OptOutSource, { word: string; sentence: string }> = {
  stop_word: {
    word: 'They wrote STOP',
    sentence: 'This person answered one of your messages with STOP or a word like it.',
  },
  user_preference: {
    word: 'WhatsApp setting',
    sentence: 'This person switched your marketing messages off in WhatsApp.',
  },
  whatsapp_error: {
    word: 'WhatsApp refused',
    sentence: 'WhatsApp answered that this person does not want, or cannot get, your messages.',
  },
  manual: { word: 'Added by hand', sentence: 'Somebody of your team put this number on the list.' },
  import: { word: 'From a file', sentence: 'Somebody of your team imported a file with this number in it.' },
};
