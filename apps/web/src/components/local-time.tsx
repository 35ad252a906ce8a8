'use client';

import { useLocale } from 'next-intl';

export interface LocalTimeProps {
  readonly at: Date;
  readonly precision?: 'day' | 'minute' | 'second' | 'full';
}

const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false },
  full: { dateStyle: 'medium', timeStyle: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the reader's own time zone, with UTC on hover. For data that came after the page: a server has no zone. */
export function LocalTime({ at, precision = 'minute' }: LocalTimeProps) {
  const locale = useLocale();
  return (
    <time dateTime={at.toISOString()} title={`${at.toISOString().replace('T', ' ').slice(0, 19)} UTC`}>
      {new Intl.DateTimeFormat(locale, styles[precision]).format(at)}
    </time>
  );
}
