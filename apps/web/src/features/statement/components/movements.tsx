'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { ReceiptLink } from '#features/order/components/receipt-link.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Section } from '#ui/section.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { movementText } from '../statement-text.ts';
import { UtcTime } from './utc-time.tsx';

type Movement = ApiOutput['statement']['read']['movements'][number];

export interface MovementsProps {
  readonly movements: readonly Movement[];
  /** How many there are; the first of them are here. */
  readonly count: number;
}

/** What changed the balance besides requests: orders with their receipts, credits, corrections, refunds, disputes. */
export function Movements({ movements, count }: MovementsProps) {
  const t = useTranslations('statements');
  const further = count - movements.length;
  return (
    <Section title={t('movements.title')}>
      {movements.length === 0 && <p className="text-small text-ink-soft">{t('movements.none')}</p>}
      {movements.length > 0 && (
        <Table label={t('movements.label')}>
          <thead>
            <tr>
              <HeaderCell>{`${t('column.date')} (UTC)`}</HeaderCell>
              <HeaderCell>{t('column.what')}</HeaderCell>
              <HeaderCell numeric>{t('column.money')}</HeaderCell>
              <HeaderCell numeric>{t('column.tokens')}</HeaderCell>
              <HeaderCell className="print:hidden">{t('column.receipt')}</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {movements.map((movement) => (
              <MovementRow key={movement.key} movement={movement} />
            ))}
          </tbody>
        </Table>
      )}
      {further > 0 && <p className="mt-3 text-small text-ink-soft">{t('movements.further', { count: further })}</p>}
    </Section>
  );
}

function MovementRow({ movement }: { readonly movement: Movement }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { order, money, amountNanoUsd } = movement;
  const text = movementText(t, movement);
  return (
    <tr>
      <Cell>
        <UtcTime at={movement.at} />
      </Cell>
      <Cell className="max-w-96 truncate print:whitespace-normal" title={text}>
        {order ? (
          <Link href={`/console/orders/${order.id}`} className={linkClass}>
            {text}
          </Link>
        ) : (
          text
        )}
      </Cell>
      <Cell numeric>{money && moneyText(money.amountMinor, money.currency, locale)}</Cell>
      <Cell numeric title={usdText(amountNanoUsd, locale)}>
        {tokensText(amountNanoUsd, locale)}
      </Cell>
      <Cell className="print:hidden">
        {order?.hasReceipt && movement.kind === 'order' && <ReceiptLink orderId={order.id} className={linkClass} />}
        {order?.isSandbox && <span className="text-ink-faint">{t('movements.sandbox')}</span>}
      </Cell>
    </tr>
  );
}
