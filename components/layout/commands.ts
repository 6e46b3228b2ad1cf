import { SunMoon, LogOut, Plus, BookOpen, Megaphone, type LucideIcon } from 'lucide-react';
import { callApi } from '@/components/api/request';
import { signOutHere } from '@/components/auth/session';
import type { Campaign } from '@/lib/campaigns/schema';
import { SECTION_ICONS } from './section-icons';
import { NEW_CAMPAIGN, SECTIONS, SETTINGS_TABS } from './sections';
import { applyTheme, THEMES, THEME_WORDS } from './theme';

/** One line of the palette. */
export interface Command {
  id: string;
  word: string;
  /** What it is, in a word or two. */
  kind: string;
  icon: LucideIcon;
  run: (go: (path: string) => void) => void;
}

const FIXED: readonly Command[] = [
  { id: 'new', word: 'New campaign', kind: 'Action', icon: Plus, run: (go) => go(NEW_CAMPAIGN) },
  ...SECTIONS.map(({ href, word }) => ({
    id: href,
    word,
    kind: 'Page',
    icon: SECTION_ICONS[href],
    run: (go: (path: string) => void) => go(href),
  })),
  ...SETTINGS_TABS.slice(1).map(({ href, word }) => ({
    id: href,
    word: `Settings: ${word}`,
    kind: 'Page',
    icon: SECTION_ICONS['/settings'],
    run: (go: (path: string) => void) => go(href),
  })),
  { id: 'docs', word: 'API documentation', kind: 'Page', icon: BookOpen, run: (go) => go('/docs') },
  ...THEMES.map((theme) => ({
    id: `theme-${theme}`,
    word: `Colours: ${THEME_WORDS[theme].toLowerCase()}`,
    kind: 'Action',
    icon: SunMoon,
    run: () => applyTheme(theme),
  })),
  { id: 'sign-out', word: 'Sign out', kind: 'Action', icon: LogOut, run: () => void signOutHere() },
];

const FOUND = 8;

/** What is always there and matches what was typed, word by word. */
export function matchingCommands(typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return FIXED.filter(({ word }) => words.every((part) => word.toLowerCase().includes(part)));
}

/** The workspace's campaigns of that name, newest first. */
export async function findCampaignCommands(typed: string, signal: AbortSignal): Promise<Command[]> {
  const query = new URLSearchParams({ search: typed, limit: String(FOUND) });
  const { body } = await callApi<Campaign[]>(`/api/campaigns?${query}`, { signal });
  return body.map(({ id, name }) => ({
    id,
    word: name,
    kind: 'Campaign',
    icon: Megaphone,
    run: (go) => go(`/campaigns/${id}`),
  }));
}
