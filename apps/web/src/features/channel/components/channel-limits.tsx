'use client';

import { useTranslations } from 'next-intl';
import type { Channel } from '../channel-filter.ts';
import { tightest, usedPercent } from '../limit-use.ts';
import { useLimitUses } from './use-limit-uses.ts';

const full = 100;

/** How much of each limit of a channel is used just now; nothing where it has none. */
export function ChannelLimits({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const { usesOf, textOf } = useLimitUses();
  const uses = usesOf(channel);
  if (uses.length === 0) return null;
  return (
    <section aria-label={t('field.limits')} className="mt-5">
      <h2 className="text-small text-ink-soft">{t('field.limits')}</h2>
      <dl className="mt-1.5 grid grid-cols-1 gap-x-8 gap-y-3 text-small sm:grid-cols-2 md:grid-cols-3">
        {uses.map((use) => {
          const isFull = (usedPercent(use) ?? 0) >= full;
          return (
            <div key={use.name} className="min-w-0">
              <dt className="text-caption text-ink-faint">{t(`limit.${use.name}`)}</dt>
              <dd className={isFull ? 'font-mono break-words text-warn' : 'font-mono break-words'}>
                {textOf(use)}
                {isFull && <span className="ml-2 font-sans text-caption">{t('limit.reached')}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** In a list: the limit that will stop the channel first, and how much of it is used. */
export function TightestLimit({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const { usesOf, textOf } = useLimitUses();
  const uses = usesOf(channel);
  const first = tightest(uses);
  if (!first) return '–';
  const isFull = (usedPercent(first) ?? 0) >= full;
  return (
    <span
      className={isFull ? 'block truncate text-warn' : 'block truncate'}
      title={uses.map((use) => `${t(`limit.${use.name}`)} ${textOf(use)}`).join(' · ')}
    >
      {t(`limit.${first.name}`)} <span className="font-mono">{textOf(first)}</span>
    </span>
  );
}
