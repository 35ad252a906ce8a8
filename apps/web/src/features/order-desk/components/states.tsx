'use client';

import type { Dispute, OrderState, RefundState } from '@ai-bridge/billing';
import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

const orderTones = {
  pending: 'quiet',
  paid: 'good',
  expired: 'quiet',
  canceled: 'quiet',
  partially_refunded: 'good',
  refunded: 'quiet',
  disputed: 'bad',
} as const satisfies Record<OrderState, string>;

const refundTones = {
  requested: 'warn',
  reserved: 'warn',
  submitted: 'warn',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const satisfies Record<RefundState, string>;

const disputeTones = {
  inquiry: 'warn',
  open: 'bad',
  won: 'good',
  lost: 'bad',
} as const satisfies Record<Dispute['state'], string>;

export function OrderStatus({ state }: { readonly state: OrderState }) {
  const t = useTranslations('orderDesk.state');
  return <Status tone={orderTones[state]}>{t(state)}</Status>;
}

export function RefundStatus({ state }: { readonly state: RefundState }) {
  const t = useTranslations('refundDesk.state');
  return <Status tone={refundTones[state]}>{t(state)}</Status>;
}

export function DisputeStatus({ state }: { readonly state: Dispute['state'] }) {
  const t = useTranslations('orderDesk.disputeState');
  return <Status tone={disputeTones[state]}>{t(state)}</Status>;
}
