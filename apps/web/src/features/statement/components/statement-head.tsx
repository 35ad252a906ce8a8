'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { monthDaysText, monthText } from '../month-text.ts';
import type { StatementPart } from '../statement-part.ts';
import { statementNames } from '../statement-text.ts';
import { fileHref } from './file-href.ts';
import { PartChoice } from './part-choice.tsx';
import type { StatementView } from './use-statement.ts';

export interface StatementHeadProps {
  readonly statement: StatementView;
  readonly part: StatementPart;
}

/** Whose statement of what this is, and its files. */
export function StatementHead({ statement, part }: StatementHeadProps) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { month, organization, isRunning } = statement;
  return (
    <>
      <PageHead
        title={t('statement.title', { month: monthText(month, locale) })}
        lead={
          <>
            <span className="block font-medium text-ink">{organization.name}</span>
            {part.kind !== 'organization' && (
              <span className="hidden print:block">{statementNames(t, statement).part(part)}</span>
            )}
            <span className="block">{t('statement.days', { days: monthDaysText(month, locale) })}</span>
            {isRunning && <span className="block">{t('runningNote')}</span>}
          </>
        }
      />
      <div className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4 print:hidden">
        <PartChoice statement={statement} part={part} />
        <Files statement={statement} part={part} />
      </div>
    </>
  );
}

function Files({ statement: { month }, part }: StatementHeadProps) {
  const t = useTranslations('statements.statement.files');
  const locale = useLocale();
  const of = { part, locale };
  return (
    <div className="flex flex-wrap gap-2">
      <a href={fileHref(month, 'statement.csv', of)} className={buttonClass()}>
        {t('csv')}
      </a>
      <a href={fileHref(month, 'statement.pdf', of)} className={buttonClass()}>
        {t('pdf')}
      </a>
      <a href={fileHref(month, 'requests.csv', of)} className={buttonClass()}>
        {t('requests')}
      </a>
      <Button onClick={() => window.print()}>{t('print')}</Button>
    </div>
  );
}
