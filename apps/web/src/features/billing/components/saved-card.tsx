'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useLeave } from '#features/order/components/use-checkout.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { BillingPage, SavedCard as Card } from '../billing-page.ts';

export interface SavedCardProps {
  readonly page: BillingPage;
  readonly mayChange: boolean;
}

/** What can be charged while nobody is there. Its number stays with the provider. */
export function SavedCard({ page, mayChange }: SavedCardProps) {
  const t = useTranslations('billing.card');
  const failure = useFailure();
  const leave = useLeave();
  const [isForgetting, setForgetting] = useState(false);
  const save = api.billing.saveCard.useMutation({ onSuccess: ({ url }) => leave(url) });
  const { card } = page;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 text-small">
          <p className={card ? 'font-medium' : 'text-ink-soft'} data-testid="card">
            {card ? <CardName card={card} /> : t('none')}
          </p>
          <p className="mt-1 text-ink-soft">{page.isCardAwaited && !card ? t('awaited') : t('hint')}</p>
        </div>
        {mayChange && page.isOpen && (
          <div className="flex flex-wrap gap-2.5">
            <Button busy={save.isPending || save.isSuccess} onClick={() => save.mutate({})}>
              {card ? t('replace') : t('save')}
            </Button>
            {card && <Button onClick={() => setForgetting(true)}>{t('forget')}</Button>}
          </div>
        )}
      </div>
      {save.error && <ErrorState {...failure(save.error)} />}
      {isForgetting && <ForgetCardDialog onClose={() => setForgetting(false)} />}
    </>
  );
}

function CardName({ card }: { readonly card: Card }) {
  const t = useTranslations('billing.card');
  const brand = card.brand === 'sandbox' ? t('sandboxBrand') : (card.brand ?? '');
  return t('named', { brand: brand.charAt(0).toUpperCase() + brand.slice(1), last4: card.last4 ?? '' });
}

function ForgetCardDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('billing.card');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const forget = api.billing.forgetCard.useMutation({
    async onSuccess() {
      await utils.billing.read.invalidate();
      toast({ title: t('forgotten') });
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('forgetTitle')} description={t('forgetBody')}>
      {forget.error && <ErrorState {...failure(forget.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look="danger" busy={forget.isPending} onClick={() => forget.mutate({})}>
          {t('forget')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
