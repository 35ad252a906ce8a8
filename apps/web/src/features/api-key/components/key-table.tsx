'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { useRouter } from '#i18n/navigation.ts';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import type { ApiKey } from '../api-key.ts';
import { GroupName } from './group-name.tsx';
import { KeyStatus } from './key-status.tsx';
import { SpendOf } from './spend-of.tsx';
import { useDisableKey } from './use-disable-key.ts';

export type KeyAction = 'details' | 'edit' | 'rotate' | 'leaked' | 'delete';

export interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  readonly unit: BalanceUnit;
  readonly onAction: (action: KeyAction, key: ApiKey) => void;
}

export function KeyTable({ keys, unit, onAction }: KeyTableProps) {
  const t = useTranslations('keys');
  const modelsOf = ({ models, strict }: ApiKey) => {
    const count = models.length === 0 ? t('allModels') : t('modelCount', { count: models.length });
    return strict ? `${count} · ${t('strict')}` : count;
  };
  return (
    <RecordTable
      label={t('title')}
      rows={keys}
      columns={[
        { label: t('column.name'), cell: ({ name }) => name, className: 'max-w-64 truncate font-medium' },
        { label: t('column.key'), cell: (key) => <KeyNames apiKey={key} />, className: 'font-mono' },
        { label: t('column.status'), cell: (key) => <KeyStatus apiKey={key} /> },
        {
          label: t('column.group'),
          cell: ({ group }) => <GroupName group={group} />,
          className: 'max-w-48 truncate',
          title: ({ group }) => group.displayName,
        },
        { label: t('column.models'), cell: modelsOf, title: ({ models }) => models.join(', ') },
        {
          label: t('column.lastUsed'),
          cell: ({ lastUsedAt }) => (lastUsedAt ? <LocalTime at={lastUsedAt} /> : t('never')),
          title: ({ lastModel, lastAddress }) => [lastModel, lastAddress].filter(Boolean).join(' · ') || undefined,
        },
        { label: t('column.today'), cell: (key) => <SpendOf apiKey={key} period="day" unit={unit} />, numeric: true },
        { label: t('column.month'), cell: (key) => <SpendOf apiKey={key} period="month" unit={unit} />, numeric: true },
        { label: t('column.created'), cell: ({ createdAt }) => <LocalTime at={createdAt} precision="day" /> },
        {
          label: t('column.expires'),
          cell: ({ expiresAt }) => (expiresAt ? <LocalTime at={expiresAt} precision="day" /> : t('noExpiry')),
        },
      ]}
      actions={{
        label: t('column.actions'),
        of: (key) => <KeyActions apiKey={key} onAction={(action) => onAction(action, key)} />,
      }}
    />
  );
}

/** What is shown of a key, and of earlier secrets that still work. */
function KeyNames({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useTranslations('keys');
  return (
    <>
      {`${apiKey.prefix}…${apiKey.last4}`}
      {apiKey.earlierSecrets.map(({ id, last4, worksUntil }) => (
        <span key={id} className="block text-caption text-ink-faint">
          {`…${last4} ${t('earlier.until')} `}
          <LocalTime at={worksUntil} />
        </span>
      ))}
    </>
  );
}

interface KeyActionsProps {
  readonly apiKey: ApiKey;
  readonly onAction: (action: KeyAction) => void;
}

function KeyActions({ apiKey, onAction }: KeyActionsProps) {
  const t = useTranslations('keys');
  const mayDisable = useMay('apiKey.disable');
  const mayDelete = useMay('apiKey.delete');
  const mayChange = useMay('apiKey.update') && !apiKey.isOfFile;
  const mayTry = useMay('playground.use') && !apiKey.disabledAt;
  const router = useRouter();
  const { mutate } = useDisableKey();
  return (
    <RowMenu label={t('actionsOf', { name: apiKey.name })}>
      <MenuItem onSelect={() => onAction('details')}>{t('details.action')}</MenuItem>
      {mayTry && (
        <MenuItem onSelect={() => router.push({ pathname: '/console/playground', query: { key: apiKey.id } })}>
          {t('try')}
        </MenuItem>
      )}
      {mayChange && (
        <>
          <MenuItem onSelect={() => onAction('edit')}>{t('edit.action')}</MenuItem>
          <MenuItem onSelect={() => onAction('rotate')}>{t('rotate.action')}</MenuItem>
          <MenuItem onSelect={() => onAction('leaked')}>{t('leak.action')}</MenuItem>
        </>
      )}
      {mayDisable && (
        <MenuItem onSelect={() => mutate({ apiKeyId: apiKey.id, disabled: !apiKey.disabledAt })}>
          {apiKey.disabledAt ? t('enable') : t('disable')}
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem danger onSelect={() => onAction('delete')}>
          {t('delete.action')}
        </MenuItem>
      )}
    </RowMenu>
  );
}
