/** Which colours a person wants: kept in a cookie, so that the server's first paint is right (browser-safe). */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'herald.theme';

export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

export const THEME_WORDS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** In the browser: from now on, here and at the next visit. */
export function applyTheme(value: Theme): void {
  const year = 365 * 24 * 60 * 60;
  document.cookie = `${THEME_COOKIE}=${value}; path=/; max-age=${value === 'system' ? 0 : year}; samesite=lax`;
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}
