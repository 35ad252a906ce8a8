'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { joinSentences } from '#components/sentences.ts';
import { answersFor, daysFor, roughly } from '../lasting.ts';

export interface LastingProps {
  readonly creditNanoUsd: bigint;
  /** What an everyday answer costs. */
  readonly example: ApiOutput['plan']['onSale']['example'];
  /** What this organization spent in the last 30 days. */
  readonly lastMonthNanoUsd: bigint;
}

/** How far tokens reach, in plain words. */
export function Lasting({ creditNanoUsd, example, lastMonthNanoUsd }: LastingProps) {
  const t = useTranslations('plans.lasting');
  const locale = useLocale();
  const count = (exact: bigint) => countText(roughly(exact), locale);
  const sentences: string[] = [];
  const answers = example && answersFor(creditNanoUsd, example.chargeNanoUsd);
  if (example && answers) {
    const { displayName: model, input, output } = example;
    const sizes = { input: countText(input, locale), output: countText(output, locale) };
    sentences.push(t('answers', { count: count(answers), model, ...sizes }));
  }
  const days = daysFor(creditNanoUsd, lastMonthNanoUsd);
  if (days !== undefined) sentences.push(days > 0n ? t('days', { count: count(days) }) : t('lessThanADay'));
  return <p className="mt-1 min-h-5 max-w-xl text-small text-ink-soft">{joinSentences(sentences, locale)}</p>;
}
