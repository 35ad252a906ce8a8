'use client';

import { useLocale, useTranslations } from 'next-intl';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';

/** Corrections of balances that wait for a second person. */
export function AdjustmentList() {
  const t = useTranslations('creditDesk');
  const locale = useLocale();
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const mayGrant = useMay('credit.grant');
  const list = api.creditDesk.adjustments.useQuery();
  const decide = api.creditDesk.decideAdjustment.useMutation({
    onSuccess: ({ state }) => toast({ title: t(`adjustment.${state}`) }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.creditDesk.adjustments.invalidate(),
  });
  if (list.error) return <ErrorState {...failure(list.error)} onRetry={() => list.refetch()} />;
  if (!list.data || list.data.length === 0) return null;
  return (
    <Section title={t('adjustment.waiting')}>
      <ul className="text-small">
        {list.data.map(({ id, amountNanoUsd, organization, requestedBy, createdAt, reason, isOwn }) => (
          <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-rule py-3">
            <div className="min-w-0">
              <p className="font-medium">
                {t(amountNanoUsd > 0n ? 'adjustment.give' : 'adjustment.take', {
                  tokens: tokensText(amountNanoUsd > 0n ? amountNanoUsd : -amountNanoUsd, locale),
                  name: organization.name,
                })}
              </p>
              <p className="text-ink-soft wrap-anywhere">{reason}</p>
              <p className="text-caption text-ink-faint">
                {requestedBy?.email} · <LocalTime at={createdAt} />
              </p>
            </div>
            {mayGrant && (
              <div className="flex gap-2.5">
                <Button
                  disabled={decide.isPending || isOwn}
                  title={isOwn ? t('adjustment.own') : undefined}
                  onClick={() => decide.mutate({ adjustmentId: id, isApproved: true })}
                >
                  {t('approve')}
                </Button>
                <Button
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ adjustmentId: id, isApproved: false })}
                >
                  {t('adjustment.reject')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
