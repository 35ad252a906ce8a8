import { countText } from '#components/amounts.ts';
import type { Channel } from './channel-filter.ts';

const nothing = '–';

/** The share of late attempts that succeeded, as a percentage; undefined where there were none. */
export function successPercent({ health }: Channel, locale: string): string | undefined {
  if (!health || health.recentAttempts === 0) return undefined;
  const share = 1 - health.recentFailures / health.recentAttempts;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

export function milliseconds(ms: number | undefined, locale: string): string {
  return ms === undefined ? nothing : countText(ms, locale);
}
