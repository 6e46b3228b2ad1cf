/** What a rate can be entered for (browser-safe). WhatsApp may count others too: those are named, and have no rate. */
export const RATE_CATEGORIES = [
  'marketing',
  'utility',
  'authentication',
  'authentication_international',
  'marketing_lite',
] as const;
