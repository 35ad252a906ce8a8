export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'bridge-theme';
const maxAgeSeconds = 60 * 60 * 24 * 365;

export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

/** Applies the choice to the open page and keeps it in a cookie, from which the server draws the next page at once. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${maxAgeSeconds}; samesite=lax`;
}
