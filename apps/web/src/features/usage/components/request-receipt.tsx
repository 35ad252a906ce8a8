'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { joinSentences } from '#components/sentences.ts';
import { classNames } from '#ui/class-names.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { receiptSum } from '../receipt-lines.ts';
import { receiptText } from '../receipt-text.ts';
import type { RequestView } from './request-view.ts';
import { type ReceiptRow, useReceiptRows } from './use-receipt-rows.ts';
import { useReceiptTerms } from './use-receipt-terms.ts';

const verdictTones = {
  agrees: 'good',
  nothing_used: 'good',
  balance: 'warn',
  batch: 'good',
  no_price: 'warn',
  unexplained: 'bad',
} as const;

/** The charge line by line, what it rests on, and the same worked out again in this page. */
export function RequestReceipt({ request }: { readonly request: RequestView }) {
  const t = useTranslations('request.receipt');
  const locale = useLocale();
  const rowsOf = useReceiptRows();
  const terms = useReceiptTerms();
  const { price, usage, usageSource, terms: agreed } = request;
  const sum = useMemo(
    () => (price && usageSource !== 'none' ? receiptSum(usage, price, agreed) : undefined),
    [price, usage, usageSource, agreed],
  );
  const rows = sum && rowsOf(request, sum);
  const { verdict, text } = terms.verdict(request);
  const basis = joinSentences([terms.source(request), ...terms.price(request, sum)], locale);
  const outcome = `${t('recalculation')}: ${t(`verdict.${verdict}`)}. ${text}`;
  const copied = receiptText(t('heading', { id: request.id }), request, rows ?? [], [t('unit'), basis, outcome]);
  return (
    <Section title={t('title')} actions={<CopyButton text={copied} what={t('what')} look="quiet" />}>
      {rows ? <ReceiptTable rows={rows} /> : <p className="text-small">{t('nothingUsed')}</p>}
      {rows && <p className="mt-3 max-w-2xl text-caption text-ink-faint">{t('unit')}</p>}
      {rows && <p className="mt-3 max-w-2xl text-small text-ink-soft">{basis}</p>}
      <div data-testid="recalculation" className="mt-4 border-l-2 border-rule-strong py-1 pl-4 text-small">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{t('recalculation')}</span>
          <Status tone={verdictTones[verdict]}>{t(`verdict.${verdict}`)}</Status>
        </p>
        <p className="mt-0.5 max-w-2xl text-ink-soft">{text}</p>
      </div>
    </Section>
  );
}

function ReceiptTable({ rows }: { readonly rows: readonly ReceiptRow[] }) {
  const t = useTranslations('request.receipt');
  return (
    <Table label={t('tableLabel')}>
      <thead>
        <tr>
          <HeaderCell>{t('kindColumn')}</HeaderCell>
          <HeaderCell numeric className="max-sm:hidden">
            {t('calculationColumn')}
          </HeaderCell>
          <HeaderCell numeric>{t('amountColumn')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className={classNames('align-baseline', row.isSum && 'font-medium')}>
            <Cell className="min-w-20 whitespace-normal py-2">
              {row.label}
              {/* On phones the amount must stay in sight, so the calculation stands here. */}
              {row.calculation && (
                <span className="block font-mono text-caption text-ink-soft sm:hidden">{row.calculation}</span>
              )}
              {row.note && <span className="block text-caption font-normal text-ink-faint">{row.note}</span>}
            </Cell>
            <Cell numeric className="py-2 text-ink-soft max-sm:hidden">
              {row.calculation}
            </Cell>
            <Cell numeric className="py-2">
              {row.amount}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
