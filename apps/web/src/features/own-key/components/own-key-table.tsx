'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import { useOwnKeySwitch } from './use-own-key-switch.ts';

type ListedOwnKey = ApiOutput['ownKey']['list']['keys'][number];
/** A key as the dialogs need it. */
export type OwnKey = Pick<ListedOwnKey, 'id' | 'name' | 'isExclusive'>;
export type OwnKeyAction = 'test' | 'edit' | 'delete';

export interface OwnKeyTableProps {
  readonly keys: readonly ListedOwnKey[];
  readonly onAction: (action: OwnKeyAction, key: OwnKey) => void;
}

export function OwnKeyTable({ keys, onAction }: OwnKeyTableProps) {
  const t = useTranslations('ownKeys');
  return (
    <RecordTable
      label={t('title')}
      rows={keys}
      columns={[
        { label: t('column.name'), cell: ({ name }) => name, className: 'max-w-64 truncate font-medium' },
        { label: t('column.provider'), cell: ({ label }) => label },
        { label: t('column.key'), cell: ({ last4 }) => `…${last4}`, className: 'font-mono' },
        {
          label: t('column.status'),
          cell: ({ enabled }) => (
            <Status tone={enabled ? 'good' : 'quiet'}>{enabled ? t('status.on') : t('status.off')}</Status>
          ),
        },
        {
          label: t('column.failing'),
          cell: ({ isExclusive }) => (isExclusive ? t('failing.exclusive') : t('failing.shared')),
        },
        { label: t('column.added'), cell: ({ createdAt }) => <LocalTime at={createdAt} precision="day" /> },
      ]}
      actions={{
        label: t('column.actions'),
        of: (key) => <OwnKeyActions ownKey={key} onAction={(action) => onAction(action, key)} />,
      }}
    />
  );
}

interface OwnKeyActionsProps {
  readonly ownKey: ListedOwnKey;
  readonly onAction: (action: OwnKeyAction) => void;
}

function OwnKeyActions({ ownKey, onAction }: OwnKeyActionsProps) {
  const t = useTranslations('ownKeys');
  const mayManage = useMay('ownKey.manage');
  const mayDisable = useMay('ownKey.disable');
  const { disable, enable } = useOwnKeySwitch();
  if (!mayManage && !(mayDisable && ownKey.enabled)) return null;
  const { id: ownKeyId, name } = ownKey;
  return (
    <RowMenu label={t('actionsOf', { name })}>
      {mayManage && <MenuItem onSelect={() => onAction('test')}>{t('test.action')}</MenuItem>}
      {mayManage && <MenuItem onSelect={() => onAction('edit')}>{t('edit.action')}</MenuItem>}
      {mayDisable && ownKey.enabled && (
        <MenuItem onSelect={() => disable.mutate({ ownKeyId })}>{t('disable')}</MenuItem>
      )}
      {mayManage && !ownKey.enabled && (
        <MenuItem onSelect={() => enable.mutate({ ownKeyId, enabled: true })}>{t('enable')}</MenuItem>
      )}
      {mayManage && (
        <MenuItem danger onSelect={() => onAction('delete')}>
          {t('delete.action')}
        </MenuItem>
      )}
    </RowMenu>
  );
}
