'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LastError } from '#components/last-error.tsx';
import { Link } from '#i18n/navigation.ts';
import { RecordTable } from '#ui/record-table.tsx';
import type { Channel } from '../channel-filter.ts';
import { milliseconds, successPercent } from '../health-figures.ts';
import { protocolLabels } from '../protocol-label.ts';
import { ChannelActions } from './channel-actions.tsx';
import { TightestLimit } from './channel-limits.tsx';
import { ChannelState } from './channel-state.tsx';
import { useChannelSpend } from './use-channel-spend.ts';

export function ChannelTable({ channels }: { readonly channels: readonly Channel[] }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const spendOf = useChannelSpend();
  const spoken = ({ protocols }: Channel) => protocols.map((protocol) => protocolLabels[protocol]).join(', ');
  const groups = (channel: Channel) => channel.groups.join(', ');
  function successOf(channel: Channel): string | undefined {
    const percent = successPercent(channel, locale);
    return percent && t('successOf', { percent, count: channel.health?.recentAttempts ?? 0 });
  }
  return (
    <RecordTable
      label={t('title')}
      rows={channels}
      columns={[
        { label: t('column.name'), cell: (channel) => <ChannelName channel={channel} />, className: 'max-w-64 py-1.5' },
        { label: t('column.state'), cell: (channel) => <ChannelState channel={channel} /> },
        {
          label: t('column.success'),
          cell: (channel) => successPercent(channel, locale) ?? '–',
          numeric: true,
          title: successOf,
        },
        {
          label: t('column.firstByte'),
          cell: ({ health }) =>
            `${milliseconds(health?.firstByteP50Ms, locale)} / ${milliseconds(health?.firstByteP95Ms, locale)}`,
          numeric: true,
        },
        {
          label: t('column.inFlight'),
          cell: ({ health }) => (health ? countText(health.inFlight, locale) : '–'),
          numeric: true,
        },
        { label: t('column.spend'), cell: ({ id }) => spendOf(id) ?? '', numeric: true },
        {
          label: t('column.limits'),
          cell: (channel) => <TightestLimit channel={channel} />,
          className: 'max-w-56',
        },
        { label: t('column.protocols'), cell: spoken, className: 'max-w-44 truncate', title: spoken },
        { label: t('column.groups'), cell: groups, className: 'max-w-36 truncate', title: groups },
        {
          label: t('column.lastError'),
          cell: ({ health }) => <LastError error={health?.lastError} at={health?.lastErrorAt} />,
          className: 'max-w-56 truncate',
          title: ({ health }) => health?.lastError,
        },
      ]}
      actions={{ label: t('column.actions'), of: (channel) => <ChannelActions channel={channel} /> }}
    />
  );
}

function ChannelName({ channel: { id, name, origin, provider } }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  return (
    <>
      <Link
        href={`/admin/channels/${id}`}
        className="block min-h-6 truncate font-medium leading-6 hover:underline underline-offset-4"
      >
        {name}
      </Link>
      <span className="block truncate text-caption text-ink-faint">
        {origin === 'console' ? provider : `${provider} · ${t(`origin.${origin}`)}`}
      </span>
    </>
  );
}
