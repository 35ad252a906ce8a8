'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { EgressStatus } from '../pools.ts';

type Proxy = EgressStatus['proxies'][number];

export function ProxyTable({ label, proxies }: { readonly label: string; readonly proxies: readonly Proxy[] }) {
  const t = useTranslations('egress');
  const locale = useLocale();
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell numeric>{t('column.latency')}</HeaderCell>
          <HeaderCell numeric>{t('column.inFlight')}</HeaderCell>
          <HeaderCell>{t('column.address')}</HeaderCell>
          <HeaderCell>{t('column.lastError')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {proxies.map((proxy) => (
          <tr key={proxy.id}>
            <Cell className="font-medium">{proxy.name}</Cell>
            <Cell>
              <ProxyState proxy={proxy} />
            </Cell>
            <Cell numeric>
              {proxy.latencyMs === undefined ? '–' : t('ms', { value: countText(proxy.latencyMs, locale) })}
            </Cell>
            <Cell numeric>{countText(proxy.inFlight, locale)}</Cell>
            <Cell className="font-mono">{`${proxy.scheme}://${proxy.host}`}</Cell>
            <Cell className="max-w-72 truncate" title={proxy.lastError}>
              {proxy.lastErrorAt && (
                <span className="text-ink-faint">
                  <LocalTime at={proxy.lastErrorAt} precision="second" />{' '}
                </span>
              )}
              {proxy.lastError ?? '–'}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function ProxyState({ proxy: { enabled, isHealthy } }: { readonly proxy: Proxy }) {
  const t = useTranslations('egress');
  if (!enabled) return <Status tone="quiet">{t('state.off')}</Status>;
  if (isHealthy === undefined) return <Status tone="quiet">{t('state.unknown')}</Status>;
  return isHealthy ? (
    <Status tone="good">{t('state.healthy')}</Status>
  ) : (
    <Status tone="bad">{t('state.failing')}</Status>
  );
}
