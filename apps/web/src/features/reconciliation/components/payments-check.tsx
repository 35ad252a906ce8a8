'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { AlarmList } from './alarm-list.tsx';
import { CheckSection, checkEveryMs } from './check-section.tsx';

/** Payments against orders: what nobody has dealt with yet. */
export function PaymentsCheck() {
  const t = useTranslations('reconciliation');
  const payments = api.reconciliation.payments.useQuery(undefined, { refetchInterval: checkEveryMs });
  const alarms = payments.data?.alarms ?? [];
  return (
    <CheckSection
      title={t('payments.title')}
      lead={t('payments.lead')}
      query={payments}
      isAlarmed={payments.data && alarms.length > 0}
    >
      {alarms.length > 0 && <AlarmList alarms={alarms} />}
    </CheckSection>
  );
}
