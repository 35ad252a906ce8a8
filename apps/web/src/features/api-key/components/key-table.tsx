'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { buttonClass } from '#ui/button.tsx';
import { MoreIcon } from '#ui/icons.tsx';
import { Menu, MenuItem } from '#ui/menu.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { useDisableKey } from './use-disable-key.ts';

export type ApiKey = ApiOutput['apiKey']['list'][number];

export interface KeyTableProps {
  readonly keys: readonly ApiKey[];
  readonly onDelete: (key: ApiKey) => void;
}

export function KeyTable({ keys, onDelete }: KeyTableProps) {
  const t = useTranslations('keys');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell>{t('column.key')}</HeaderCell>
          <HeaderCell>{t('column.status')}</HeaderCell>
          <HeaderCell>{t('column.models')}</HeaderCell>
          <HeaderCell>{t('column.lastUsed')}</HeaderCell>
          <HeaderCell>{t('column.created')}</HeaderCell>
          <HeaderCell>{t('column.expires')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('column.actions')}</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onDelete={() => onDelete(key)} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({ apiKey, onDelete }: { readonly apiKey: ApiKey; readonly onDelete: () => void }) {
  const t = useTranslations('keys');
  return (
    <tr>
      <Cell className="max-w-64 truncate font-medium">{apiKey.name}</Cell>
      <Cell className="font-mono">{`${apiKey.prefix}…${apiKey.last4}`}</Cell>
      <Cell>
        <KeyStatus apiKey={apiKey} />
      </Cell>
      <Cell title={apiKey.models.join(', ')}>
        {apiKey.models.length === 0 ? t('allModels') : t('modelCount', { count: apiKey.models.length })}
        {apiKey.strict && ` · ${t('strict')}`}
      </Cell>
      <Cell>{apiKey.lastUsedAt ? <LocalTime at={apiKey.lastUsedAt} /> : t('never')}</Cell>
      <Cell>
        <LocalTime at={apiKey.createdAt} precision="day" />
      </Cell>
      <Cell>{apiKey.expiresAt ? <LocalTime at={apiKey.expiresAt} precision="day" /> : t('never')}</Cell>
      <Cell className="text-right">
        <KeyActions apiKey={apiKey} onDelete={onDelete} />
      </Cell>
    </tr>
  );
}

function KeyStatus({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useTranslations('keys');
  if (apiKey.disabledAt) return <Status tone="quiet">{t('status.disabled')}</Status>;
  if (apiKey.expiresAt && apiKey.expiresAt <= new Date()) return <Status tone="warn">{t('status.expired')}</Status>;
  return <Status tone="good">{t('status.active')}</Status>;
}

function KeyActions({ apiKey, onDelete }: { readonly apiKey: ApiKey; readonly onDelete: () => void }) {
  const t = useTranslations('keys');
  const mayDisable = useMay('apiKey.disable');
  const mayDelete = useMay('apiKey.delete');
  const { mutate } = useDisableKey();
  if (!mayDisable && !mayDelete) return null;
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={buttonClass('quiet', 'icon')}
          aria-label={t('actionsOf', { name: apiKey.name })}
        >
          <MoreIcon />
        </button>
      }
    >
      {mayDisable && (
        <MenuItem onSelect={() => mutate({ apiKeyId: apiKey.id, disabled: !apiKey.disabledAt })}>
          {apiKey.disabledAt ? t('enable') : t('disable')}
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem danger onSelect={onDelete}>
          {t('delete.action')}
        </MenuItem>
      )}
    </Menu>
  );
}
