export const dismissedCookie = 'bridge-dismissed';
const maxAgeSeconds = 60 * 60 * 24 * 365;
/** The last ones that were closed: older banners are over. */
const maxKept = 10;
const idPattern = /^ann_[a-z0-9]{1,40}$/i;

/** The announcements that this browser was told not to show again. */
export function readDismissed(cookie: string | undefined): readonly string[] {
  return (cookie ?? '')
    .split('.')
    .filter((id) => idPattern.test(id))
    .slice(-maxKept);
}

/** Keeps it in a cookie, so that the next page comes without it from the start. */
export function dismiss(id: string): void {
  const kept = document.cookie.split('; ').find((one) => one.startsWith(`${dismissedCookie}=`));
  const ids = [...readDismissed(kept?.slice(dismissedCookie.length + 1)).filter((one) => one !== id), id].slice(
    -maxKept,
  );
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${dismissedCookie}=${ids.join('.')}; path=/; max-age=${maxAgeSeconds}; samesite=lax`;
}
