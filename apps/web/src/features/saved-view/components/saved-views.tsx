'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { api } from '#components/api.ts';
import { replaceQuery } from '#components/replace-query.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { controlClass } from '#ui/control-class.ts';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { allQuery, isSameQuery, knownQuery, type ViewPage, type ViewQuery } from '../view-pages.ts';
import { KeepViewDialog } from './keep-view-dialog.tsx';
import { ManageViewsDialog } from './manage-views-dialog.tsx';

export interface SavedViewsProps {
  readonly page: ViewPage;
  /** What the list is narrowed to now, as its address has it. */
  readonly query: ViewQuery;
}

/** One's own views of a list: choose one, keep the present filters as another, look after them. */
export function SavedViews({ page, query }: SavedViewsProps) {
  const t = useTranslations('savedViews');
  const failure = useFailure();
  const id = useId();
  const list = api.savedView.list.useQuery({ page });
  const [open, setOpen] = useState<'keep' | 'manage'>();
  const close = () => setOpen(undefined);
  if (list.isPending) return <Skeleton className="h-9 w-72 max-w-full" />;
  if (list.error) return <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />;
  const views = list.data;
  const chosen = views.find((view) => isSameQuery(view.query, query));

  function choose(viewId: string) {
    const view = views?.find((one) => one.id === viewId);
    replaceQuery(new URLSearchParams(view?.query ?? allQuery));
  }

  return (
    <div className="flex min-w-0 flex-wrap items-end gap-2.5">
      {views.length > 0 && (
        <div className="flex min-w-0 flex-col gap-1.5 max-sm:w-full">
          <label htmlFor={id} className="text-small font-medium">
            {t('label')}
          </label>
          <select
            id={id}
            value={chosen?.id ?? ''}
            onChange={(event) => choose(event.target.value)}
            className={`${controlClass} appearance-auto pr-2 sm:max-w-64`}
          >
            <option value="">{t('none')}</option>
            {views.map(({ id: viewId, name, opensFirst }) => (
              <option key={viewId} value={viewId}>
                {opensFirst ? t('opensFirst', { name }) : name}
              </option>
            ))}
          </select>
        </div>
      )}
      {!chosen && knownQuery(page, query) && <Button onClick={() => setOpen('keep')}>{t('keep')}</Button>}
      {views.length > 0 && (
        <Button look="quiet" onClick={() => setOpen('manage')}>
          {t('manage')}
        </Button>
      )}
      {open === 'keep' && <KeepViewDialog page={page} query={query} onClose={close} />}
      {open === 'manage' && <ManageViewsDialog page={page} views={views} onClose={close} />}
    </div>
  );
}
