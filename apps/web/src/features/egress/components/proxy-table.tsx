'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LastError } from '#components/last-error.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { Status } from '#ui/status.tsx';
import type { ListedProxy } from '../pools.ts';
import { ProxyActions, type ProxyDialog } from './proxy-actions.tsx';

export interface ProxyTableProps {
  readonly label: string;
  readonly proxies: readonly ListedProxy[];
  readonly onOpen: (dialog: ProxyDialog, proxy: ListedProxy) => void;
}

export function ProxyTable({ label, proxies, onOpen }: ProxyTableProps) {
  const t = useTranslations('egress');
  const locale = useLocale();
  return (
    <RecordTable
      label={label}
      rows={proxies}
      columns={[
        { label: t('column.name'), cell: (proxy) => <ProxyName proxy={proxy} /> },
        { label: t('column.state'), cell: (proxy) => <ProxyState proxy={proxy} /> },
        {
          label: t('column.latency'),
          cell: ({ latencyMs }) => (latencyMs === undefined ? '–' : t('ms', { value: countText(latencyMs, locale) })),
          numeric: true,
        },
        { label: t('column.inFlight'), cell: ({ inFlight }) => countText(inFlight, locale), numeric: true },
        { label: t('column.address'), cell: ({ scheme, host }) => `${scheme}://${host}`, className: 'font-mono' },
        {
          label: t('column.lastError'),
          cell: ({ lastError, lastErrorAt }) => <LastError error={lastError} at={lastErrorAt} />,
          className: 'max-w-72 truncate',
          title: ({ lastError }) => lastError,
        },
      ]}
      actions={{
        label: t('column.actions'),
        of: (proxy) => <ProxyActions proxy={proxy} onOpen={(dialog) => onOpen(dialog, proxy)} />,
      }}
    />
  );
}

function ProxyName({ proxy: { name, origin } }: { readonly proxy: ListedProxy }) {
  const t = useTranslations('egress');
  return (
    <>
      <span className="font-medium">{name}</span>
      {origin === 'config' && <span className="ml-2 text-caption text-ink-faint">{t('fromFile')}</span>}
    </>
  );
}

function ProxyState({ proxy: { enabled, isHealthy } }: { readonly proxy: ListedProxy }) {
  const t = useTranslations('egress');
  if (!enabled) return <Status tone="quiet">{t('state.off')}</Status>;
  if (isHealthy === undefined) return <Status tone="quiet">{t('state.unknown')}</Status>;
  return isHealthy ? (
    <Status tone="good">{t('state.healthy')}</Status>
  ) : (
    <Status tone="bad">{t('state.failing')}</Status>
  );
}
