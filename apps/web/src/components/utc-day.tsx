/** A day in a page that a server draws, where nobody's zone is known: in UTC. */
export function UtcDay({ at, locale }: { readonly at: Date; readonly locale: string }) {
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  return <time dateTime={at.toISOString()}>{text}</time>;
}
