'use client';

import { useLocale, useTranslations } from 'next-intl';
import { joinSentences } from '#components/sentences.ts';
import { classNames } from '#ui/class-names.ts';
import { modelDays, worstDay } from '../model-days.ts';
import { shareText } from '../share-text.ts';
import type { ModelProps } from './model-status.ts';

/** Colour and height both tell the state, so that it shows without colours too. */
const bars = {
  operational: 'bg-good h-full',
  degraded: 'bg-warn h-2/3',
  down: 'bg-bad h-1/3',
  no_traffic: 'bg-rule h-1',
} as const;

/** A bar for each day, the latest at the right, and what they amount to in words. */
export function DayBars({ model, firstDay }: ModelProps) {
  const t = useTranslations('status.days');
  const states = useTranslations('status.state');
  const locale = useLocale();
  const days = modelDays(model.days, firstDay);
  const worst = worstDay(days);
  const seen = days.filter(({ availability }) => availability !== null).length;
  const words = joinSentences(
    [
      t('summary', { total: days.length, seen }),
      ...(model.availability === null ? [] : [t('availability', { share: shareText(model.availability, locale) })]),
      ...(worst ? [t('worst', { day: worst.day, share: shareText(worst.availability, locale) })] : []),
    ],
    locale,
  );
  return (
    <figure className="mt-3">
      <div role="img" aria-label={words} className="flex h-8 items-end gap-px sm:gap-0.5">
        {days.map(({ day, availability, state }) => (
          <span
            key={day}
            title={`${day} · ${availability === null ? states(state) : shareText(availability, locale)}`}
            className="flex h-full min-w-0 grow basis-0 items-end"
          >
            <span className={classNames('block w-full rounded-[1px]', bars[state])} />
          </span>
        ))}
      </div>
      <figcaption aria-hidden="true" className="mt-1 flex justify-between gap-3 text-caption text-ink-faint">
        <span>{t('ago', { count: days.length - 1 })}</span>
        <span className="font-mono">{model.availability !== null && shareText(model.availability, locale)}</span>
        <span>{t('today')}</span>
      </figcaption>
    </figure>
  );
}
