'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Figure } from '#ui/figure.tsx';
import type { Channel } from '../channel-filter.ts';
import { milliseconds, successPercent } from '../health-figures.ts';
import { ChannelState } from './channel-state.tsx';
import { useChannelSpend } from './use-channel-spend.ts';

/** How a channel does just now, as the workers see it. */
export function ChannelFigures({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const { health } = channel;
  const spendOf = useChannelSpend();
  const percent = successPercent(channel, locale);
  const p50 = milliseconds(health?.firstByteP50Ms, locale);
  const p95 = milliseconds(health?.firstByteP95Ms, locale);
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-5">
        <div>
          <dt className="text-small text-ink-soft">{t('detail.state')}</dt>
          <dd className="mt-2">
            <ChannelState channel={channel} />
            {health && health.consecutiveFailures > 0 && (
              <span className="mt-1 block text-caption text-ink-faint">
                {t('reason', { count: health.consecutiveFailures })}
              </span>
            )}
          </dd>
        </div>
        <Figure
          label={t('detail.success')}
          value={percent ?? '–'}
          note={percent && t('detail.of', { count: countText(health?.recentAttempts ?? 0, locale) })}
        />
        <Figure
          label={t('detail.firstByte')}
          value={p50}
          unit={health?.firstByteP50Ms === undefined ? undefined : 'ms'}
          note={health?.firstByteP95Ms === undefined ? undefined : t('detail.p95', { value: `${p95} ms` })}
        />
        <Figure label={t('detail.inFlight')} value={health ? countText(health.inFlight, locale) : '–'} />
        <Figure label={t('detail.spend')} value={spendOf(channel.id)} />
      </dl>
      {health?.lastError && (
        <div className="mt-4 border-l-2 border-rule-strong pl-3 text-small">
          <p className="text-ink-faint">
            {t('detail.lastError')} {health.lastErrorAt && <LocalTime at={health.lastErrorAt} precision="second" />}
          </p>
          <p className="font-mono break-words">{health.lastError}</p>
        </div>
      )}
    </>
  );
}
