'use client';

import { useTranslations } from 'next-intl';
import { MarginTable } from '#features/reconciliation/components/margin-table.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';
import type { Operations } from '../judgement.ts';

/** What each model earned today (UTC), for those who may see it. */
export function MarginsToday({ money }: Pick<Operations, 'money'>) {
  const t = useTranslations('operations.margins');
  const words = useTranslations('reconciliation.margin');
  if (money === null) return null;
  const { models } = money.margins;
  const more = (
    <Link href="/admin/reconciliation" className={`${linkClass} flex min-h-6 items-center text-small`}>
      {t('more')}
    </Link>
  );
  return (
    <Section title={t('title')} actions={more}>
      {models.length === 0 ? (
        <p className="text-small text-ink-soft">{t('none')}</p>
      ) : (
        <MarginTable
          title={words('byModel')}
          what={words('model')}
          rows={models.map(({ model, ...sum }) => ({
            ...sum,
            name: model || words('noModel'),
            lossText: t('loss'),
          }))}
        />
      )}
    </Section>
  );
}
