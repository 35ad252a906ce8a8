'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText, usdText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { moneyText } from '#components/money.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { RefundStatus } from '#features/order-desk/components/states.tsx';
import { UnusedAmount } from '#features/order-desk/components/unused-amount.tsx';
import { DecisionPlace } from '#features/triage/components/decision-place.tsx';
import { RecordKeys } from '#features/triage/components/record-keys.tsx';
import { Figure } from '#ui/figure.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { decisionId } from '../decision-id.ts';
import type { RefundPage } from '../refund-page.ts';
import { Decision } from './decision.tsx';
import { RefundFacts } from './refund-facts.tsx';
import { RefundProgress } from './refund-progress.tsx';
import { useRefundState } from './use-refund-state.ts';

const skeletonRows = 8;

/** A refund's page: what it rests on, and its decision. */
export function Refund({ refundId }: { readonly refundId: string }) {
  const t = useTranslations('refundDesk');
  const failure = useFailure();
  const refund = api.refundDesk.read.useQuery({ refundId });
  useRefundState(refund.data);
  return (
    <>
      <RecordKeys list="/admin/refunds" title={t('title')} decisionId={decisionId} />
      {!refund.data && <h1 className="sr-only">{t('refund')}</h1>}
      {refund.isPending && <SkeletonRows rows={skeletonRows} />}
      {refund.error && <ErrorState {...failure(refund.error)} onRetry={() => refund.refetch()} />}
      {refund.data && <Known refund={refund.data} />}
    </>
  );
}

function Known({ refund }: { readonly refund: RefundPage }) {
  const t = useTranslations('refundDesk');
  const locale = useLocale();
  const mayDecide = useMay('refund.decide');
  const { organization, order, balance, unused, state } = refund;
  return (
    <>
      <PageHead
        title={t('of', { name: organization.name })}
        lead={
          <span role="status">
            <RefundStatus state={state} />
          </span>
        }
      />
      <dl className="mb-6 grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-3">
        <Figure
          label={t('figure.amount')}
          value={moneyText(refund.amountMinor, refund.currency, locale)}
          note={t('figure.ofPaid', { amount: moneyText(order.amountMinor, order.currency, locale) })}
        />
        <Figure
          label={t('figure.credit')}
          value={tokensText(refund.creditNanoUsd, locale)}
          unit={t('tokens')}
          note={usdText(refund.creditNanoUsd, locale)}
        />
        <Figure
          label={t('figure.balance')}
          value={tokensText(balance.postedNanoUsd, locale)}
          unit={t('tokens')}
          note={
            balance.frozen ? t('figure.frozen') : t('figure.held', { tokens: tokensText(balance.heldNanoUsd, locale) })
          }
        />
      </dl>
      <RefundFacts refund={refund} />
      <Section title={t('section.unused')}>
        <UnusedAmount unused={unused} currency={order.currency} />
      </Section>
      {(state !== 'requested' || mayDecide) && (
        <DecisionPlace id={decisionId}>
          {state === 'requested' ? (
            <Section title={t('section.decision')}>
              <Decision key={`${refund.id}:${refund.amountMinor}`} refund={refund} />
            </Section>
          ) : (
            <Section title={t('section.progress')}>
              <RefundProgress refund={refund} />
            </Section>
          )}
        </DecisionPlace>
      )}
    </>
  );
}
