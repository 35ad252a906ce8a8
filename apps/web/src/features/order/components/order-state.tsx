'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';
import { type OrderView, orderTones } from '../order-tones.ts';

export function OrderState({ state }: { readonly state: OrderView['state'] }) {
  const t = useTranslations('order.state');
  return <Status tone={orderTones[state]}>{t(state)}</Status>;
}
