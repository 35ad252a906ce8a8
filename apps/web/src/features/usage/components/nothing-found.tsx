'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/states.tsx';
import { groupings, type UsageView } from '../usage-view.ts';

export interface NothingFoundProps {
  readonly view: UsageView;
  readonly onChange: (changed: Partial<UsageView>) => void;
}

/** Says why there is nothing, and leads on. */
export function NothingFound({ view, onChange }: NothingFoundProps) {
  const t = useTranslations('usage');
  const isNarrowed = groupings.some((by) => view.narrowing[by] !== undefined);
  if (!isNarrowed) return <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>;
  return (
    <EmptyState
      title={t('noMatch.title')}
      action={<Button onClick={() => onChange({ narrowing: {} })}>{t('clear')}</Button>}
    >
      {t('noMatch.body')}
    </EmptyState>
  );
}
