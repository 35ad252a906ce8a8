const cookie = 'bridge-single-keys';
const maxAgeSeconds = 60 * 60 * 24 * 365;

/** Whether single letters and signs act on a page, by the browser's cookies. They do unless somebody switched them off. */
export function areSingleKeysOn(cookies: string): boolean {
  return !cookies.split('; ').includes(`${cookie}=off`);
}

/** Keeps in this browser whether they act: who speaks to the machine, or types beside a field, may not want them (WCAG 2.1.4). */
export function switchSingleKeys(isOn: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${cookie}=${isOn ? 'on' : 'off'}; path=/; max-age=${maxAgeSeconds}; samesite=lax`;
  for (const follow of followers) follow();
}

const followers = new Set<() => void>();

/** Calls back whenever they are switched on this page. @returns how to stop */
export function followSingleKeys(follow: () => void): () => void {
  followers.add(follow);
  return () => followers.delete(follow);
}
