const maxPathLength = 512;

/**
 * Where to go after signing in, from a value anyone may have put into the address: only a path of this very site.
 * @returns the path with its query, or `fallback`
 */
export function safePath(wanted: string | null | undefined, fallback: string): string {
  if (!wanted || wanted.length > maxPathLength) return fallback;
  // "//host" and "/\host" name another host; control characters are dropped by browsers before they read the rest.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return fallback;
  const base = 'http://same.invalid';
  if (!URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : fallback;
}
