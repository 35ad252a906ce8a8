'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';
import { type OrderView, orderTones } from '../order-tones.ts';

export interface OrderStateProps {
  readonly order: Pick<OrderView, 'state' | 'canceledAt'>;
}

export function OrderState({ order: { state, canceledAt } }: OrderStateProps) {
  const t = useTranslations('order.state');
  return <Status tone={orderTones[state]}>{t(state === 'canceled' && canceledAt ? 'calledOff' : state)}</Status>;
}
