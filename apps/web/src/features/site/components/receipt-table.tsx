import { useLocale, useTranslations } from 'next-intl';
import { countText, priceProductText, usdText } from '#components/amounts.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { SampleReceipt } from '../sample-receipt.ts';

/** A receipt line by line: tokens times price. */
export function ReceiptTable({ receipt }: { readonly receipt: SampleReceipt }) {
  const t = useTranslations('home.billing.receipt');
  const kinds = useTranslations('pricing.kind');
  const locale = useLocale();
  return (
    <div className="mt-3">
      <Table label={t('title')}>
        <thead>
          <tr>
            <HeaderCell>{t('kind')}</HeaderCell>
            <HeaderCell numeric>{t('count')}</HeaderCell>
            <HeaderCell numeric>{t('price')}</HeaderCell>
            <HeaderCell numeric>{t('adds')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {receipt.lines.map(({ kind, tokens, priceNanoUsd, product }) => (
            <tr key={kind}>
              <Cell>{kinds(kind)}</Cell>
              <Cell numeric>{countText(tokens, locale)}</Cell>
              <Cell numeric>{usdText(priceNanoUsd, locale)}</Cell>
              <Cell numeric>{priceProductText(product, locale)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
