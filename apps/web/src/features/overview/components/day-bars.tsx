'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import type { OverviewFigures } from '../figures.ts';
import { amountIn } from './amount-in.ts';

const width = 600;
const height = 96;
const barShare = 0.7;
/** So that a day with any use is seen. */
const leastBar = 1.5;

export interface DayBarsProps {
  readonly days: OverviewFigures['days'];
  readonly label: string;
  readonly unit: BalanceUnit;
}

/** A bar for each day, the highest one named. Drawn by hand: the overview loads no chart library. */
export function DayBars({ days, label, unit }: DayBarsProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const highest = days.reduce((top, day) => (day.chargeNanoUsd > top.chargeNanoUsd ? day : top), days[0] as Day);
  const step = width / days.length;
  const heightOf = ({ chargeNanoUsd }: Day) =>
    chargeNanoUsd === 0n ? 0 : Math.max(leastBar, (Number(chargeNanoUsd) / Number(highest.chargeNanoUsd)) * height);
  return (
    <figure className="min-w-0">
      <p className="mb-2 min-h-5 text-caption text-ink-soft">
        {highest.chargeNanoUsd > 0n
          ? t('highest', { day: highest.day, amount: amountIn(unit, highest.chargeNanoUsd, locale) })
          : t('noSpend')}
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        className="h-24 w-full border-b border-rule-strong"
      >
        {days.map((day, index) => (
          <rect
            key={day.day}
            x={index * step + (step * (1 - barShare)) / 2}
            y={height - heightOf(day)}
            width={step * barShare}
            height={heightOf(day)}
            fill="var(--series-1)"
          >
            <title>{`${day.day}: ${amountIn(unit, day.chargeNanoUsd, locale)}`}</title>
          </rect>
        ))}
      </svg>
      <p className="mt-1 flex justify-between font-mono text-caption text-ink-faint">
        <span>{days[0]?.day.slice(5)}</span>
        <span>{`${days.at(-1)?.day.slice(5)} UTC`}</span>
      </p>
    </figure>
  );
}

type Day = OverviewFigures['days'][number];
