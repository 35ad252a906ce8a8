import type { UsageSpan } from '@ai-bridge/usage';

/** How far a usage page looks back, the running hour or day included. */
export const namedRanges = ['24h', '48h', '7d', '30d', '90d'] as const;
export type NamedRange = (typeof namedRanges)[number];
/** One of those, or two UTC days that are both meant: `2026-11-01..2026-11-21`. */
export type UsageRange = NamedRange | `${string}..${string}`;

export const defaultRange: NamedRange = '30d';
/** The most days that a range has. */
export const maxRangeDays = 366;
/** Up to this many days are told by hour. */
const hourlyDays = 2;
export const maxRangeLength = 'YYYY-MM-DD..YYYY-MM-DD'.length;

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** A range from an address, where anyone may have typed anything. */
export function readRange(text: string | null | undefined): UsageRange {
  const named = namedRanges.find((range) => range === text);
  if (named) return named;
  const days = text ? readDays(text) : undefined;
  return days ? dayRange(days.first, days.last) : defaultRange;
}

/** The days of a range of one's own, as `YYYY-MM-DD`; undefined: it is one of the named ones. */
export function readDays(range: string): { readonly first: string; readonly last: string } | undefined {
  const [first = '', last = '', ...rest] = range.split('..');
  const from = dayMsOf(first);
  const to = dayMsOf(last);
  if (rest.length > 0 || from === undefined || to === undefined) return undefined;
  const days = (to - from) / dayMs + 1;
  return days >= 1 && days <= maxRangeDays ? { first, last } : undefined;
}

/** The range from one day to another. */
export function dayRange(first: string, last: string): UsageRange {
  return `${first}..${last}`;
}

/** The hours or days of a range. */
export function spanOf(range: UsageRange, nowMs: number): UsageSpan {
  const days = readDays(range);
  if (days) {
    const from = Date.parse(`${days.first}T00:00Z`);
    const to = Date.parse(`${days.last}T00:00Z`) + dayMs;
    return { bucket: to - from <= hourlyDays * dayMs ? 'hour' : 'day', from: new Date(from), to: new Date(to) };
  }
  const bucket = range.endsWith('h') ? 'hour' : 'day';
  const lengthMs = bucket === 'hour' ? hourMs : dayMs;
  const to = (Math.floor(nowMs / lengthMs) + 1) * lengthMs;
  return { bucket, from: new Date(to - Number.parseInt(range, 10) * lengthMs), to: new Date(to) };
}

/** When the hours or days of a span start, oldest first: `2026-11-21T10:00Z`, or `2026-11-21`. */
export function startsOf({ bucket, from, to }: UsageSpan): string[] {
  const lengthMs = bucket === 'hour' ? hourMs : dayMs;
  return Array.from({ length: (to.getTime() - from.getTime()) / lengthMs }, (_, index) => {
    const start = new Date(from.getTime() + index * lengthMs).toISOString();
    return bucket === 'hour' ? `${start.slice(0, 13)}:00Z` : start.slice(0, 10);
  });
}

/** An hour's or day's start to read: `2026-11-21 10:00`, or as it is. */
export function startText(start: string): string {
  return start.replace('T', ' ').replace('Z', '');
}

function dayMsOf(day: string): number | undefined {
  if (!/^2\d{3}-\d\d-\d\d$/.test(day)) return undefined;
  const startMs = Date.parse(`${day}T00:00Z`);
  // 30 February is read as a day of March.
  return !Number.isNaN(startMs) && new Date(startMs).toISOString().startsWith(day) ? startMs : undefined;
}
