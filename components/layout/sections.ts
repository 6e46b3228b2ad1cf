/** The parts of the application: five, so that they fit the bar at the thumb. `key`: the letter after `g`. */
export const SECTIONS = [
  { href: '/campaigns', word: 'Campaigns', key: 'c' },
  { href: '/templates', word: 'Templates', key: 't' },
  { href: '/senders', word: 'Senders', key: 's' },
  { href: '/contacts', word: 'Contacts', key: 'o' },
  { href: '/settings', word: 'Settings', key: 'e' },
] as const;

export type SectionPath = (typeof SECTIONS)[number]['href'];

export const NEW_CAMPAIGN = '/campaigns/new';

/** The pages of the settings. */
export const SETTINGS_TABS = [
  { href: '/settings', word: 'Account' },
  { href: '/settings/preferences', word: 'Preferences' },
  { href: '/settings/rates', word: 'Rates' },
  { href: '/settings/api-keys', word: 'API keys' },
  { href: '/settings/webhooks', word: 'Webhooks' },
  { href: '/settings/activity', word: 'Activity' },
] as const;
