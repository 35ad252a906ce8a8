export const tabsCookie = 'bridge-docs-tabs';
export const tabsCookieMaxAgeSeconds = 60 * 60 * 24 * 365;
const maxCookieCharacters = 400;

/** Which tab a reader chose last, by group: `os` is the operating system. */
export type TabChoices = Readonly<Record<string, string>>;

/** Reads the cookie; anything malformed in it is passed over. */
export function readTabChoices(cookie: string | undefined): TabChoices {
  if (cookie === undefined || cookie.length > maxCookieCharacters) return {};
  return Object.fromEntries(new URLSearchParams(cookie));
}

export function writeTabChoices(choices: TabChoices): string {
  return new URLSearchParams(choices).toString();
}

/** The system that a browser says it runs on, as the docs' tabs name it; undefined where the first tab is right. */
export function systemTab(userAgent: string | null): string | undefined {
  return userAgent?.includes('Windows') ? 'Windows' : undefined;
}
