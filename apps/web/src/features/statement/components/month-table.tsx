'use client';

import type { Month } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { monthText } from '../month-text.ts';
import { wholeOrganization } from '../statement-part.ts';
import { fileHref, type StatementFile } from './file-href.ts';

interface UsedMonth {
  readonly month: Month;
  readonly requests: bigint;
  readonly chargedNanoUsd: bigint;
}

interface AccountMonth extends UsedMonth {
  readonly openingNanoUsd: bigint;
  readonly orderedNanoUsd: bigint;
  readonly grantedNanoUsd: bigint;
  readonly adjustedNanoUsd: bigint;
  readonly refundedNanoUsd: bigint;
  readonly disputedNanoUsd: bigint;
  readonly closingNanoUsd: bigint;
}

/** Months a line each, the latest first; each leads to its statement. */
export function MonthTable({ months }: { readonly months: readonly (UsedMonth | AccountMonth)[] }) {
  const t = useTranslations('statements');
  const hasAccount = months.some((month) => 'closingNanoUsd' in month);
  return (
    <Table label={t('listLabel')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.month')}</HeaderCell>
          {hasAccount && <HeaderCell numeric>{t('column.opening')}</HeaderCell>}
          {hasAccount && <HeaderCell numeric>{t('column.in')}</HeaderCell>}
          {hasAccount && <HeaderCell numeric>{t('column.out')}</HeaderCell>}
          <HeaderCell numeric>{t('column.charged')}</HeaderCell>
          {hasAccount && <HeaderCell numeric>{t('column.closing')}</HeaderCell>}
          <HeaderCell numeric>{t('column.requests')}</HeaderCell>
          <HeaderCell className="print:hidden">{t('column.files')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {months.map((month, index) => (
          <MonthRow key={month.month} month={month} isRunning={index === 0} />
        ))}
      </tbody>
    </Table>
  );
}

function MonthRow({ month, isRunning }: { readonly month: UsedMonth | AccountMonth; readonly isRunning: boolean }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const account = 'closingNanoUsd' in month ? month : undefined;
  return (
    <tr>
      <Cell>
        <Link href={`/console/billing/statements/${month.month}`} className={linkClass}>
          {monthText(month.month, locale)}
        </Link>
        {isRunning && <span className="ml-2 text-caption text-ink-faint">{t('running')}</span>}
      </Cell>
      {account && (
        <>
          <Amount nanoUsd={account.openingNanoUsd} />
          <Amount nanoUsd={account.orderedNanoUsd + account.grantedNanoUsd + account.adjustedNanoUsd} />
          <Amount nanoUsd={account.refundedNanoUsd + account.disputedNanoUsd} />
        </>
      )}
      <Amount nanoUsd={month.chargedNanoUsd} />
      {account && <Amount nanoUsd={account.closingNanoUsd} />}
      <Cell numeric>{countText(month.requests, locale)}</Cell>
      <Cell className="print:hidden">
        <span className="flex gap-3">
          <FileLink month={month.month} file="statement.csv" />
          <FileLink month={month.month} file="statement.pdf" />
        </span>
      </Cell>
    </tr>
  );
}

function Amount({ nanoUsd }: { readonly nanoUsd: bigint }) {
  const locale = useLocale();
  return (
    <Cell numeric title={usdText(nanoUsd, locale)}>
      {tokensText(nanoUsd, locale)}
    </Cell>
  );
}

const fileNames = { 'statement.csv': 'CSV', 'statement.pdf': 'PDF' } as const;

function FileLink({ month, file }: { readonly month: Month; readonly file: Exclude<StatementFile, 'requests.csv'> }) {
  const locale = useLocale();
  return (
    <a
      href={fileHref(month, file, { part: wholeOrganization, locale })}
      aria-label={`${monthText(month, locale)}, ${fileNames[file]}`}
      className={`${linkClass} inline-flex min-h-6 min-w-6 items-center max-sm:min-h-11`}
    >
      {fileNames[file]}
    </a>
  );
}
