'use client';

import { useTranslations } from 'next-intl';
import { Copyable } from '#components/copyable.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { CustomerLink } from '#features/customer/components/customer-link.tsx';
import { OrderStatus } from '#features/order-desk/components/states.tsx';
import { Link } from '#i18n/navigation.ts';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import type { RefundPage } from '../refund-page.ts';

/** Who asked for a refund and why, of which order, and who decided. */
export function RefundFacts({ refund }: { readonly refund: RefundPage }) {
  const t = useTranslations('refundDesk');
  const { order, organization, requestedBy, approvedBy, secondApprovedBy } = refund;
  return (
    <dl className="mb-10 grid gap-x-10 text-small lg:grid-cols-2">
      <Fact label={t('fact.order')}>
        <Link href={`/admin/orders/${order.id}`} className={linkClass}>
          {order.title}
        </Link>{' '}
        <OrderStatus state={order.state} />
      </Fact>
      <Fact label={t('fact.organization')}>
        <CustomerLink organization={organization}>{organization.name}</CustomerLink>
        <span className="block text-caption text-ink-faint">{organization.owners.join(', ')}</span>
      </Fact>
      <Fact label={t('fact.requestedBy')}>
        {refund.origin === 'provider' ? t('fact.atProvider') : (requestedBy?.email ?? t('fact.nobody'))}
      </Fact>
      <Fact label={t('fact.requestedAt')}>
        <LocalTime at={refund.createdAt} />
      </Fact>
      <Fact label={t('fact.reason')}>{refund.reason ?? t('fact.noReason')}</Fact>
      <Fact label={t('fact.id')}>
        <Copyable text={refund.id} what={t('fact.id')} />
      </Fact>
      {approvedBy && <Fact label={t('fact.approvedBy')}>{approvedBy.email}</Fact>}
      {secondApprovedBy && <Fact label={t('fact.secondApprovedBy')}>{secondApprovedBy.email}</Fact>}
      {refund.decisionReason && <Fact label={t('fact.decisionReason')}>{refund.decisionReason}</Fact>}
      {order.paymentId && (
        <Fact label={t('fact.payment')}>
          <Copyable text={order.paymentId} what={t('fact.payment')} />
        </Fact>
      )}
    </dl>
  );
}
