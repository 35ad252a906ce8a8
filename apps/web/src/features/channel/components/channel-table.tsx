'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { Channel } from '../channel-filter.ts';
import { milliseconds, successPercent } from '../health-figures.ts';
import { protocolLabels } from '../protocol-label.ts';
import { ChannelActions } from './channel-actions.tsx';
import { ChannelState } from './channel-state.tsx';

export function ChannelTable({ channels }: { readonly channels: readonly Channel[] }) {
  const t = useTranslations('channels');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell numeric>{t('column.success')}</HeaderCell>
          <HeaderCell numeric>{t('column.firstByte')}</HeaderCell>
          <HeaderCell numeric>{t('column.inFlight')}</HeaderCell>
          <HeaderCell>{t('column.protocols')}</HeaderCell>
          <HeaderCell>{t('column.groups')}</HeaderCell>
          <HeaderCell>{t('column.lastError')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('column.actions')}</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </tbody>
    </Table>
  );
}

function ChannelRow({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const { id, name, health, origin, provider, protocols, groups } = channel;
  const percent = successPercent(channel, locale);
  const attempts = health?.recentAttempts ?? 0;
  const spoken = protocols.map((protocol) => protocolLabels[protocol]).join(', ');
  return (
    <tr>
      <Cell className="max-w-64 py-1.5">
        <Link href={`/admin/channels/${id}`} className="block truncate font-medium hover:underline underline-offset-4">
          {name}
        </Link>
        <span className="block truncate text-caption text-ink-faint">
          {origin === 'console' ? provider : `${provider} · ${t(`origin.${origin}`)}`}
        </span>
      </Cell>
      <Cell>
        <ChannelState channel={channel} />
      </Cell>
      <Cell numeric title={percent && t('successOf', { percent, count: attempts })}>
        {percent ?? '–'}
      </Cell>
      <Cell numeric>
        {`${milliseconds(health?.firstByteP50Ms, locale)} / ${milliseconds(health?.firstByteP95Ms, locale)}`}
      </Cell>
      <Cell numeric>{health ? countText(health.inFlight, locale) : '–'}</Cell>
      <Cell className="max-w-44 truncate" title={spoken}>
        {spoken}
      </Cell>
      <Cell className="max-w-36 truncate" title={groups.join(', ')}>
        {groups.join(', ')}
      </Cell>
      <Cell className="max-w-56 truncate" title={health?.lastError}>
        {health?.lastErrorAt && (
          <span className="text-ink-faint">
            <LocalTime at={health.lastErrorAt} precision="second" />{' '}
          </span>
        )}
        {health?.lastError ?? '–'}
      </Cell>
      <Cell className="text-right">
        <ChannelActions channel={channel} />
      </Cell>
    </tr>
  );
}
