'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { countText, percentText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import type { Channel } from '../channel-filter.ts';
import { protocolLabels } from '../protocol-label.ts';
import { useLimitUses } from './use-limit-uses.ts';

const timeoutNames = ['firstByteMs', 'idleMs', 'totalMs'] as const;

/** All that is set on a channel, for reading. */
export function ChannelSettings({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const defaults = api.channel.choices.useQuery().data?.defaultTimeouts;
  const timeout = (name: (typeof timeoutNames)[number]): string => {
    const own = channel.timeouts[name];
    if (own !== undefined) return countText(own, locale);
    return defaults ? t('default', { value: countText(defaults[name], locale) }) : '–';
  };
  const { usesOf, limitText } = useLimitUses();
  const limits = usesOf(channel).map((use) => `${t(`limit.${use.name}`)} ${limitText(use)}`);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('field.provider'), channel.provider],
    [t('field.protocols'), channel.protocols.map((protocol) => protocolLabels[protocol]).join(', ')],
    [t('field.credential'), t(channel.hasCredential ? 'field.hasKey' : 'field.noKey')],
    [t('field.origin'), t(`origin.${channel.origin}`)],
    [t('field.priority'), countText(channel.priority, locale)],
    [t('field.weight'), countText(channel.weight, locale)],
    [t('field.cost'), t('costOf', { percent: percentText(channel.costBasisPoints, locale) })],
    [t('field.groups'), channel.groups.join(', ')],
    [t('field.egressPool'), channel.egressPool ?? t('field.direct')],
    [t('field.codexInstructions'), t(`codex.${channel.codexInstructions}`)],
    [t('field.limits'), limits.length === 0 ? t('limit.none') : limits.join(' · ')],
    [t('field.timeouts'), timeoutNames.map((name) => `${t(`field.${name}`)} ${timeout(name)}`).join(' · ')],
    [t('field.created'), <LocalTime key="created" at={channel.createdAt} />],
    [t('field.updated'), <LocalTime key="updated" at={channel.updatedAt} />],
  ];
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-3 text-small sm:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-caption text-ink-faint">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
