'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import { moneyText } from '#components/money.ts';
import { MailStatus } from '#features/mailbox/components/mail-status.tsx';
import { OrderStatus, RefundStatus } from '#features/order-desk/components/states.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import type { EntryOf } from '../shown-entry.ts';

export interface BusinessLineProps {
  readonly entry: EntryOf<'order'> | EntryOf<'refund'> | EntryOf<'ledger'> | EntryOf<'usage'> | EntryOf<'mail'>;
}

/** A purchase, a refund, a movement of credit, a day's use, a mail. */
export function BusinessLine({ entry }: BusinessLineProps) {
  const t = useTranslations('customers.timeline');
  const orders = useTranslations('orderDesk');
  const locale = useLocale();
  switch (entry.kind) {
    case 'order':
      return (
        <Line href={`/admin/orders/${entry.id}`} name={entry.title} state={<OrderStatus state={entry.state} />}>
          {moneyText(entry.amountMinor, entry.currency, locale)}
          {!entry.livemode && <span className="text-ink-faint">{orders('test')}</span>}
        </Line>
      );
    case 'refund':
      return (
        <Line href={`/admin/refunds/${entry.id}`} name={entry.id} state={<RefundStatus state={entry.state} />}>
          {moneyText(entry.amountMinor, entry.currency, locale)}
          {entry.reason && <span className="text-ink-soft">{entry.reason}</span>}
        </Line>
      );
    case 'ledger':
      return (
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span>{t(`movement.${entry.movement}`)}</span>
          <span className="font-mono tabular-nums" title={usdText(entry.amountNanoUsd, locale)}>
            {entry.amountNanoUsd > 0n ? '+' : ''}
            {tokensText(entry.amountNanoUsd, locale)} {t(`credit.${entry.creditKind}`)}
          </span>
          {entry.reason && <span className="text-ink-soft">{entry.reason}</span>}
        </span>
      );
    case 'usage':
      return (
        <span className="font-mono tabular-nums" title={usdText(entry.chargeNanoUsd, locale)}>
          {t('day', {
            requests: countText(entry.requests, locale),
            errors: countText(entry.errors, locale),
            tokens: tokensText(entry.chargeNanoUsd, locale),
          })}
        </span>
      );
    case 'mail':
      return (
        <Line href={`/admin/mailbox/${entry.id}`} name={entry.subject} state={<MailStatus state={entry.state} />}>
          <span className="text-ink-faint">{entry.to}</span>
        </Line>
      );
  }
}

interface LineProps {
  readonly href: string;
  readonly name: string;
  readonly state: ReactNode;
  readonly children: ReactNode;
}

function Line({ href, name, state, children }: LineProps) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      <Link href={href} className={`${linkClass} inline-flex min-h-6 items-center`}>
        {name}
      </Link>
      {children}
      {state}
    </span>
  );
}
