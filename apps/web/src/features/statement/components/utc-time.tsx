'use client';

import { useLocale } from 'next-intl';

/** A moment in UTC, as statements have all of theirs. */
export function UtcTime({ at }: { readonly at: Date }) {
  const locale = useLocale();
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return <time dateTime={at.toISOString()}>{new Intl.DateTimeFormat(locale, style).format(at)}</time>;
}
