'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Status } from '#ui/status.tsx';
import type { Channel } from '../channel-filter.ts';
import { drainState } from '../drain-state.ts';

const tickMs = 1_000;

/** Whether a channel serves just now: off, drained, unused, working, or ejected and for how long. */
export function ChannelState({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const { enabled, health } = channel;
  if (!enabled) return <Status tone="quiet">{t('state.off')}</Status>;
  const drain = drainState(channel);
  if (drain.kind === 'drained') return <Status tone="quiet">{t('state.drained')}</Status>;
  if (drain.kind === 'draining')
    return (
      <Status tone="warn">
        {drain.inFlight === undefined ? t('state.draining') : t('state.drainingOf', { count: drain.inFlight })}
      </Status>
    );
  if (!health || (health.state === 'closed' && health.recentAttempts === 0 && health.inFlight === 0))
    return <Status tone="quiet">{t('state.idle')}</Status>;
  const reason = health.consecutiveFailures > 0 ? t('reason', { count: health.consecutiveFailures }) : undefined;
  if (health.state === 'closed') return <Status tone="good">{t('state.closed')}</Status>;
  if (health.state === 'half_open')
    return (
      <span title={reason}>
        <Status tone="warn">{t('state.half_open')}</Status>
      </span>
    );
  return (
    <span title={reason}>
      <Status tone="bad">{health.ejectedUntil ? <Remaining until={health.ejectedUntil} /> : t('state.open')}</Status>
    </span>
  );
}

function Remaining({ until }: { readonly until: Date }) {
  const t = useTranslations('channels');
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((until.getTime() - now) / 1_000);
  return seconds > 0 ? t('state.openFor', { seconds }) : t('state.open');
}
