'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { UsageChart } from '#features/usage/components/usage-chart.tsx';
import { Figure } from '#ui/figure.tsx';
import { Section } from '#ui/section.tsx';
import { Twin } from '#ui/twin.tsx';
import { failedShare, type Judged, type Judgement, type Operations, together } from '../judgement.ts';
import { JudgementWord } from './judgement-word.tsx';
import { MinuteTable } from './minute-table.tsx';

export interface PartProps {
  readonly operations: Operations;
  readonly judgements: Readonly<Record<Judged, Judgement>>;
}

const minuteCharacters = 'YYYY-MM-DDTHH:MM'.length;

/** What comes in just now, what is under way, and the last hour by minute. */
export function Traffic({ operations, judgements }: PartProps) {
  const t = useTranslations('operations');
  const locale = useLocale();
  const { firstBytes, minutes } = operations;
  const all = together(operations);
  const rate = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(all.requestsPerSecond);
  const share = failedShare(operations);
  const percent =
    share === undefined
      ? '–'
      : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const ms = (value: number | undefined) => (value === undefined ? '–' : countText(value, locale));
  const names = [t('ended.succeeded'), t('ended.refused'), t('ended.failed')];
  const points = minutes.map(({ at, succeeded, refused, failed }) => ({
    start: `${at.toISOString().slice(0, minuteCharacters)}Z`,
    heights: [succeeded, refused, failed],
  }));
  return (
    <Section title={t('traffic.title')}>
      <dl className="mb-6 grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-4">
        <Figure
          label={t('traffic.rate')}
          value={rate}
          unit={t('traffic.perSecond')}
          note={<JudgementWord judgement={judgements.workers} />}
        />
        <Figure
          label={t('traffic.open')}
          value={countText(all.requestsOpen, locale)}
          note={t('traffic.attempts', { count: all.attemptsOpen })}
        />
        <Figure
          label={t('traffic.failed')}
          value={percent}
          note={share === undefined ? t('traffic.tooFew') : <JudgementWord judgement={judgements.failures} />}
        />
        <Figure
          label={t('traffic.firstByte')}
          value={`${ms(firstBytes.p50Ms)} / ${ms(firstBytes.p95Ms)}`}
          unit={firstBytes.answers === 0 ? undefined : 'ms'}
          note={firstBytes.answers === 0 ? t('traffic.noAnswers') : <JudgementWord judgement={judgements.firstByte} />}
        />
      </dl>
      <Twin
        label={t('traffic.chart')}
        chart={<UsageChart label={t('traffic.chart')} names={names} points={points} />}
        table={<MinuteTable minutes={minutes} />}
      />
    </Section>
  );
}
