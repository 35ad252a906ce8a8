import type { Judgement } from './judgement.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const step = 1_000;

/** Bytes in the largest unit that leaves a number above one. */
export function bytesText(bytes: number | bigint, locale: string): string {
  let size = Number(bytes);
  let index = 0;
  for (; size >= step && index < units.length - 1; index++) size /= step;
  const unit = units[index] ?? 'byte';
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: index === 0 ? 0 : 1 },
  }).format(size);
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A stretch of time in one unit: 0.42 ms, 12 s, 3.5 min. */
export function durationText(ms: number, locale: string): string {
  const [size, unit] =
    ms < second
      ? ([ms, 'millisecond'] as const)
      : ms < minute
        ? ([ms / second, 'second'] as const)
        : ms < hour
          ? ([ms / minute, 'minute'] as const)
          : ([ms / hour, 'hour'] as const);
  const maximumFractionDigits = size < 1 ? 2 : size < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(
    size,
  );
}

/** The more urgent of some. */
export function worst(...judgements: readonly Judgement[]): Judgement {
  if (judgements.includes('act')) return 'act';
  return judgements.includes('look') ? 'look' : 'fine';
}
