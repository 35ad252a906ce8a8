'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { Button } from '#ui/button.tsx';
import type { Channel } from '../channel-filter.ts';
import { drainState } from '../drain-state.ts';
import { useChannelDrain } from './use-channel-drain.ts';
import { useChannelSwitch } from './use-channel-switch.ts';

/** How far the draining of a channel has come, and what to do next; nothing where it takes requests. */
export function ChannelDrain({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const mayManage = useMay('channel.manage');
  const drain = useChannelDrain();
  const flip = useChannelSwitch();
  const state = drainState(channel);
  if (state.kind === 'none' || channel.drainingSince === null) return null;
  const isOurs = channel.origin === 'console' || channel.origin === 'environment';
  return (
    <div role="status" className="mb-6 border-l-2 border-warn pl-3 text-small">
      <p className="font-medium">
        {state.kind === 'drained'
          ? t('drain.done')
          : state.inFlight === undefined
            ? t('drain.waiting')
            : t('drain.left', { count: state.inFlight })}
      </p>
      <p className="text-ink-soft">
        {t('drain.since')} <LocalTime at={channel.drainingSince} precision="second" /> · {t('drain.kept')}
      </p>
      {mayManage && (
        <div className="mt-2 flex flex-wrap gap-2.5">
          <Button onClick={() => drain.mutate({ channelId: channel.id, isDraining: false })}>{t('drain.undo')}</Button>
          {state.kind === 'drained' && isOurs && (
            <Button onClick={() => flip.mutate({ channelId: channel.id, enabled: false })}>{t('disable')}</Button>
          )}
        </div>
      )}
    </div>
  );
}
