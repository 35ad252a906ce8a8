'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

/** Whether a customer's keys are served. */
export function CustomerStatus({ isSuspended }: { readonly isSuspended: boolean }) {
  const t = useTranslations('customers.state');
  return <Status tone={isSuspended ? 'bad' : 'good'}>{t(isSuspended ? 'suspended' : 'active')}</Status>;
}
