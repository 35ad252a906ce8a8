import { formatUsd, parseUsd } from '@ai-bridge/domain';
import type { Channel } from './channel-filter.ts';

/** A channel's limits in the order in which they are shown. */
export const limitNames = ['concurrency', 'rpm', 'tpm', 'spendPerDay', 'spendPerMonth'] as const;
export type LimitName = (typeof limitNames)[number];
/** Limits as they are typed: counts, and amounts in USD; empty is none. */
export type LimitForm = Readonly<Record<LimitName, string>>;

export const noLimits: LimitForm = { concurrency: '', rpm: '', tpm: '', spendPerDay: '', spendPerMonth: '' };

export function isAmount(name: LimitName): name is 'spendPerDay' | 'spendPerMonth' {
  return name === 'spendPerDay' || name === 'spendPerMonth';
}

/** The limits that a channel has, as they are typed. */
export function limitFormOf({ concurrency, rpm, tpm, spendPerDayNanoUsd, spendPerMonthNanoUsd }: Channel['limits']) {
  const count = (limit: number | undefined) => String(limit ?? '');
  const amount = (limit: bigint | undefined) => (limit === undefined ? '' : formatUsd(limit));
  return {
    ...{ concurrency: count(concurrency), rpm: count(rpm), tpm: count(tpm) },
    ...{ spendPerDay: amount(spendPerDayNanoUsd), spendPerMonth: amount(spendPerMonthNanoUsd) },
  } satisfies LimitForm;
}

/** Typed limits as the server takes them. */
export function limitInput(form: LimitForm): Channel['limits'] {
  return {
    ...{ concurrency: countOf(form.concurrency), rpm: countOf(form.rpm), tpm: countOf(form.tpm) },
    ...{ spendPerDayNanoUsd: amountOf(form.spendPerDay), spendPerMonthNanoUsd: amountOf(form.spendPerMonth) },
  };
}

function countOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

/** What is no amount becomes 0, which is left for the server to refuse: dropped, it would be no limit. */
function amountOf(text: string): bigint | undefined {
  return text.trim() === '' ? undefined : (parseUsd(text) ?? 0n);
}
