'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Figure } from '#ui/figure.tsx';
import { Section } from '#ui/section.tsx';
import { bytesText, durationText, worst } from '../figures.ts';
import { together } from '../judgement.ts';
import { JudgementWord } from './judgement-word.tsx';
import type { PartProps } from './traffic.tsx';

/** What has been used and is not in Postgres yet, and the journals that keep it until then. */
export function Settlement({ operations, judgements }: PartProps) {
  const t = useTranslations('operations.settlement');
  const locale = useLocale();
  const all = together(operations);
  const ms = (value: number | null) => (value === null ? '–' : durationText(value, locale));
  const waited = all.oldestUnsettledSeconds;
  return (
    <Section title={t('title')}>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-4">
        <Figure
          label={t('unsettled')}
          value={countText(all.unsettled, locale)}
          note={<JudgementWord judgement={worst(judgements.unsettled, judgements.deadLetters)} />}
        />
        <Figure
          label={t('lag')}
          value={waited === null ? '–' : durationText(waited * 1_000, locale)}
          note={t('batch', { duration: ms(all.settleMs) })}
        />
        <Figure
          label={t('journal')}
          value={bytesText(all.journalBytes, locale)}
          note={<JudgementWord judgement={judgements.journal} />}
        />
        <Figure
          label={t('write')}
          value={ms(all.journalWriteMs)}
          note={<JudgementWord judgement={judgements.journalWrite} />}
        />
      </dl>
      <p className="mt-3 text-caption text-ink-faint">
        {all.journalOldestAt && (
          <>
            {t('oldest')} <LocalTime at={all.journalOldestAt} precision="second" />.{' '}
          </>
        )}
        {t('deadLetters', { count: all.deadLetters })}
      </p>
    </Section>
  );
}
