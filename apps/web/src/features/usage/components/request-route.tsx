'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { AttemptList } from './attempt-list.tsx';
import { ChannelLink } from './channel-link.tsx';
import { RejectedChannels } from './rejected-channels.tsx';

/** The way a request took, for staff: the channels that were tried, and those that were passed over. */
export function RequestRoute({ route }: { readonly route: ApiOutput['usage']['route'] }) {
  const t = useTranslations('staffRequest');
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
      <RejectedChannels rejected={route.rejected} />
    </>
  );
}
