'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LookFailure } from '#features/staff-look/components/look-failure.tsx';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { ChevronIcon } from '#ui/icons.tsx';
import { EmptyState } from '#ui/states.tsx';
import { RequestSkeleton } from './request-skeleton.tsx';
import type { useLooks } from './use-looks.ts';

export interface RequestAwaitedProps {
  readonly query: {
    readonly error: Parameters<ReturnType<typeof useLooks>['stateOf']>[0]['error'];
    readonly errorUpdateCount: number;
    readonly isPending: boolean;
    refetch(): unknown;
  };
  readonly looks: ReturnType<typeof useLooks>;
  /** Where requests are found, and what that place is called. */
  readonly home: { readonly href: string; readonly back: string; readonly all: string };
  /** Why a request may not be found. */
  readonly missing: string;
  /** What stands there once it came. */
  readonly children: ReactNode;
}

/** A request's page until it is there: on its way, not to be found, or an error; and the way back. */
export function RequestAwaited({ query, looks, home, missing, children }: RequestAwaitedProps) {
  const t = useTranslations('request');
  const state = looks.stateOf(query);
  return (
    <>
      <Link
        href={home.href}
        className="mb-3 inline-flex min-h-7 items-center gap-1 text-small text-ink-soft hover:text-ink max-sm:min-h-11"
      >
        <ChevronIcon className="rotate-90" />
        {home.back}
      </Link>
      <p role="status" className="text-small text-ink-soft not-empty:mb-4">
        {state.lookingAgain ? t('missing.looking') : ''}
      </p>
      {!children && <h1 className="sr-only">{t('title')}</h1>}
      {state.waiting && <RequestSkeleton />}
      {!state.waiting && state.missing && (
        <EmptyState
          title={t('missing.title')}
          action={
            <div className="flex flex-wrap justify-center gap-2.5">
              <Button onClick={() => query.refetch()}>{t('missing.again')}</Button>
              <Link href={home.href} className={buttonClass('plain')}>
                {home.all}
              </Link>
            </div>
          }
        >
          {missing}
        </EmptyState>
      )}
      {!state.waiting && query.error && !state.missing && (
        <LookFailure error={query.error} onRetry={() => query.refetch()} />
      )}
      {children}
    </>
  );
}
