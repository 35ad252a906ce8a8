const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** How long ago something was, in the reader's words: "3 hours ago". */
export function ageText(at: Date, nowMs: number, locale: string): string {
  const agoMs = Math.max(0, nowMs - at.getTime());
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (agoMs < hourMs) return format.format(-Math.floor(agoMs / minuteMs), 'minute');
  if (agoMs < dayMs) return format.format(-Math.floor(agoMs / hourMs), 'hour');
  return format.format(-Math.floor(agoMs / dayMs), 'day');
}
