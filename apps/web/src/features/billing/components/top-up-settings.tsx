'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { useToast } from '#ui/toast.tsx';
import type { BillingPage, TopUp } from '../billing-page.ts';
import { TopUpDialog } from './top-up-dialog.tsx';

export interface TopUpSettingsProps {
  readonly page: BillingPage;
  readonly mayChange: boolean;
}

/** Whether tokens are bought by themselves, on which terms, and why not. */
export function TopUpSettings({ page, mayChange }: TopUpSettingsProps) {
  const t = useTranslations('billing.topUp');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [isOpen, setOpen] = useState(false);
  const stop = api.billing.stopTopUp.useMutation({
    async onSuccess() {
      await utils.billing.read.invalidate();
      toast({ title: t('stopped') });
    },
  });
  const { topUp, card } = page;
  const isOn = topUp?.isOn ?? false;
  if (!page.isOpen) return <p className="text-small text-ink-soft">{t('closed')}</p>;
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-2xl text-small" data-testid="top-up">
          <p>
            <Status tone={isOn ? 'good' : 'quiet'}>{isOn ? t('on') : t('off')}</Status>
          </p>
          {topUp && isOn ? (
            <TopUpRule topUp={topUp} used={page.usedThisMonth} />
          ) : (
            <p className="mt-1.5 text-ink-soft">{t('lead')}</p>
          )}
          {topUp?.offReason && <p className="mt-1.5 text-bad">{t(`offReason.${topUp.offReason}`)}</p>}
          {!card && mayChange && <p className="mt-1.5 text-ink-soft">{t('needCard')}</p>}
          {!mayChange && <p className="mt-1.5 text-ink-soft">{t('mayNot')}</p>}
        </div>
        {mayChange && card && (
          <div className="flex flex-wrap gap-2.5">
            <Button look={isOn ? 'plain' : 'primary'} onClick={() => setOpen(true)}>
              {isOn ? t('change') : t('turnOn')}
            </Button>
            {isOn && (
              <Button busy={stop.isPending} onClick={() => stop.mutate({})}>
                {t('turnOff')}
              </Button>
            )}
          </div>
        )}
      </div>
      {stop.error && <ErrorState {...failure(stop.error)} />}
      {isOpen && <TopUpDialog topUp={topUp} onClose={() => setOpen(false)} />}
    </>
  );
}

function TopUpRule({ topUp, used }: { readonly topUp: TopUp; readonly used: number }) {
  const t = useTranslations('billing.topUp');
  const locale = useLocale();
  const { amountMinor, currency, maxPerMonth: max, nextAttemptAt } = topUp;
  const plans = api.plan.onSale.useQuery({});
  const name = plans.data?.plans.find(({ id }) => id === topUp.planId)?.displayName ?? topUp.planId;
  const what = name === null ? t('amount') : t('planNamed', { name });
  const money = (times: bigint) => moneyText(amountMinor * times, currency, locale);
  return (
    <>
      <p className="mt-1.5">{t('rule', { below: tokensText(topUp.belowNanoUsd, locale), what, price: money(1n) })}</p>
      <p className="mt-1 text-ink-soft">{t('month', { used, max, money: money(BigInt(max)) })}</p>
      {nextAttemptAt && (
        <p className="mt-1 text-warn">{t.rich('later', { at: () => <LocalTime at={nextAttemptAt} /> })}</p>
      )}
    </>
  );
}
