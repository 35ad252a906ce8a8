'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { AttemptList } from './attempt-list.tsx';
import { ChannelLink } from './channel-link.tsx';
import { RejectedChannels } from './rejected-channels.tsx';

/** The way a request took, for staff: the channels that were tried, and those that were passed over. */
export function RequestRoute({ route }: { readonly route: ApiOutput['usage']['route'] }) {
  const t = useTranslations('staffRequest');
  const locale = useLocale();
  return (
    <>
      <AttemptList
        outcome={route.outcome}
        attempts={route.attempts}
        more={({ channel }) => (
          <p className="text-ink-soft">
            {t('channel')} <ChannelLink channel={channel} />
          </p>
        )}
      />
      {route.isChosen && <p className="mt-3 text-small text-ink-soft">{t('chosen')}</p>}
      {route.costNanoUsd !== null && (
        <p className="mt-3 text-small text-ink-soft">{t('cost', { amount: usdText(route.costNanoUsd, locale) })}</p>
      )}
      <RejectedChannels rejected={route.rejected} />
    </>
  );
}
