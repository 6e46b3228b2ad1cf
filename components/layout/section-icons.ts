import { BookUser, Megaphone, MessageSquareText, Send, Settings, type LucideIcon } from 'lucide-react';
import type { SectionPath } from './sections';

/** Apart from the sections themselves: what only needs their paths has no pictures to load. */
export const SECTION_ICONS: Record<SectionPath, LucideIcon> = {
  '/campaigns': Megaphone,
  '/templates': MessageSquareText,
  '/senders': Send,
  '/contacts': BookUser,
  '/settings': Settings,
};
