'use client';

import type { Month } from '@ai-bridge/domain';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { BackLink } from '#components/back-link.tsx';
import { useFailure } from '#components/use-failure.ts';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { monthText } from '../month-text.ts';
import { readPart } from '../statement-part.ts';
import { linesOfPart } from '../usage-lines.ts';
import { Account } from './account.tsx';
import { Movements } from './movements.tsx';
import { StatementHead } from './statement-head.tsx';
import { UsageSections } from './usage-sections.tsx';
import { useStatement } from './use-statement.ts';

const skeletonRows = 8;

/** A month's statement. What it is of, is part of the address, so that a view can be shared. */
export function Statement({ month }: { readonly month: Month }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const failure = useFailure();
  const part = readPart(useSearchParams());
  const { data, error, isPending, refetch } = useStatement(month);
  const isMissing = error?.data?.reason === 'not_found';
  return (
    <>
      <div className="print:hidden">
        <BackLink href="/console/billing/statements">{t('back')}</BackLink>
      </div>
      {!data && <h1 className="sr-only">{t('statement.title', { month: monthText(month, locale) })}</h1>}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-14" />}
      {isMissing && <EmptyState title={t('statement.missing.title')}>{t('statement.missing.body')}</EmptyState>}
      {error && !isMissing && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {data && (
        <>
          <StatementHead statement={data} part={part} />
          {part.kind === 'organization' && data.account && <Account statement={data} account={data.account} />}
          {part.kind === 'organization' && data.movements && (
            <Movements movements={data.movements} count={Number(data.movementCount)} />
          )}
          <UsageSections statement={data} lines={linesOfPart(data.lines, data.keys, part)} part={part} />
        </>
      )}
    </>
  );
}
