'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';

/** How often a page that is open compares again. */
export const checkEveryMs = 60_000;

export interface CheckSectionProps {
  readonly title: string;
  /** What is compared with what. */
  readonly lead: string;
  readonly query: {
    readonly data: { readonly checkedAt: Date } | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly isFetching: boolean;
    refetch(): unknown;
  };
  /** Something disagrees; undefined as long as nothing is known. */
  readonly isAlarmed: boolean | undefined;
  readonly children: ReactNode;
}

/** One comparison: its alarm state, when it was made, and what it found. */
export function CheckSection({ title, lead, query, isAlarmed, children }: CheckSectionProps) {
  const t = useTranslations('reconciliation');
  const failure = useFailure();
  const again = (
    <Button busy={query.isFetching} onClick={() => query.refetch()} aria-label={t('againOf', { name: title })}>
      {t('again')}
    </Button>
  );
  return (
    <Section title={title} actions={again}>
      <p className="mb-3 max-w-2xl text-small text-ink-soft">{lead}</p>
      {query.isPending && <SkeletonRows rows={2} />}
      {query.error ? <ErrorState {...failure(query.error)} onRetry={() => query.refetch()} /> : null}
      {query.data && (
        <p role="status" className="mb-4 flex flex-wrap items-baseline gap-x-4 text-small">
          <Status tone={isAlarmed ? 'bad' : 'good'}>{t(isAlarmed ? 'alarm' : 'agrees')}</Status>
          <span className="text-ink-faint">
            {t('checkedAt')} <LocalTime at={query.data.checkedAt} precision="second" />
          </span>
        </p>
      )}
      {children}
    </Section>
  );
}
