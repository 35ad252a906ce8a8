'use client';

import { monthSpan } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { classNames } from '#ui/class-names.ts';
import { Section } from '#ui/section.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { type AccountAmounts, accountLines } from '../account-lines.ts';
import type { StatementView } from './use-statement.ts';

export interface AccountProps {
  readonly statement: StatementView;
  readonly account: AccountAmounts & { readonly openingNanoUsd: bigint; readonly closingNanoUsd: bigint };
}

/** The balance through the month, line by line from its opening to its closing. */
export function Account({ statement: { month, isRunning }, account }: AccountProps) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { from, to } = monthSpan(month);
  const dayText = (at: Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  const lines = accountLines(account);
  const lastDay = dayText(new Date(to.getTime() - 1));
  const closing = isRunning ? t('account.closingNow') : t('account.closing', { date: lastDay });
  return (
    <Section title={t('account.title')}>
      <Table label={t('account.label')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.what')}</HeaderCell>
            <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
            <HeaderCell numeric className="max-sm:hidden">
              {t('column.usd')}
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          <AccountRow label={t('account.opening', { date: dayText(from) })} nanoUsd={account.openingNanoUsd} />
          {lines.map(({ kind, effectNanoUsd }) => (
            <AccountRow key={kind} label={t(`account.${kind}`)} nanoUsd={effectNanoUsd} />
          ))}
          <AccountRow label={closing} nanoUsd={account.closingNanoUsd} isSum />
        </tbody>
      </Table>
      <p className="mt-3 max-w-2xl text-caption text-ink-faint">{t('account.exact')}</p>
      {lines.some(({ kind }) => kind === 'otherMonth') && (
        <p className="mt-1 max-w-2xl text-caption text-ink-faint">{t('account.otherMonthNote')}</p>
      )}
    </Section>
  );
}

interface AccountRowProps {
  readonly label: string;
  readonly nanoUsd: bigint;
  readonly isSum?: boolean;
}

function AccountRow({ label, nanoUsd, isSum }: AccountRowProps) {
  const locale = useLocale();
  return (
    <tr className={classNames(isSum && 'font-medium')}>
      <Cell className="whitespace-normal">{label}</Cell>
      <Cell numeric title={usdText(nanoUsd, locale)}>
        {tokensText(nanoUsd, locale)}
      </Cell>
      <Cell numeric className="text-ink-soft max-sm:hidden">
        {usdText(nanoUsd, locale)}
      </Cell>
    </tr>
  );
}
