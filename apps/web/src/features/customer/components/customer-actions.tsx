'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '#components/permissions.tsx';
import { AdjustDialog } from '#features/credit-desk/components/adjust-dialog.tsx';
import { Button } from '#ui/button.tsx';
import type { CustomerPage } from '../customer-page.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { RevokeKeysDialog } from './revoke-keys-dialog.tsx';
import { SuspendDialog } from './suspend-dialog.tsx';

/** What staff can do to a customer as a whole. */
export function CustomerActions({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers.act');
  const adjustment = useTranslations('creditDesk.adjustment');
  const [mayGrant, mayLimit, maySuspend, mayRevoke] = [
    useMay('credit.grant'),
    useMay('organization.limit'),
    useMay('organization.suspend'),
    useMay('apiKey.revokeAll'),
  ];
  const [open, setOpen] = useState<'adjust' | 'limits' | 'suspend' | 'revoke'>();
  const close = () => setOpen(undefined);
  const hasKeys = (customer.keys?.live ?? 0) > 0;
  return (
    <div className="flex flex-wrap gap-2.5">
      {mayGrant && <Button onClick={() => setOpen('adjust')}>{adjustment('open')}</Button>}
      {mayLimit && <Button onClick={() => setOpen('limits')}>{t('limits.open')}</Button>}
      {mayRevoke && hasKeys && <Button onClick={() => setOpen('revoke')}>{t('revoke.open')}</Button>}
      {maySuspend && (
        <Button onClick={() => setOpen('suspend')}>{t(customer.isSuspended ? 'resume.open' : 'suspend.open')}</Button>
      )}
      {open === 'adjust' && <AdjustDialog organization={customer} onClose={close} />}
      {open === 'limits' && <LimitsDialog customer={customer} onClose={close} />}
      {open === 'revoke' && <RevokeKeysDialog customer={customer} onClose={close} />}
      {open === 'suspend' && <SuspendDialog customer={customer} onClose={close} />}
    </div>
  );
}
