import { BookUser, Megaphone, MessageSquareText, Send, Settings, type LucideIcon } from 'lucide-react';

export interface Section {
  href: string;
  word: string;
  icon: LucideIcon;
  /** After `g`. */
  key: string;
}

/** The parts of the application: five, so that they fit the bar at the thumb. */
export const SECTIONS: readonly Section[] = [
  { href: '/campaigns', word: 'Campaigns', icon: Megaphone, key: 'c' },
  { href: '/templates', word: 'Templates', icon: MessageSquareText, key: 't' },
  { href: '/senders', word: 'Senders', icon: Send, key: 's' },
  { href: '/contacts', word: 'Contacts', icon: BookUser, key: 'o' },
  { href: '/settings', word: 'Settings', icon: Settings, key: 'e' },
];

export const NEW_CAMPAIGN = '/campaigns/new';
