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
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell>{t('column.provider')}</HeaderCell>
          <HeaderCell>{t('column.key')}</HeaderCell>
          <HeaderCell>{t('column.status')}</HeaderCell>
          <HeaderCell>{t('column.failing')}</HeaderCell>
          <HeaderCell>{t('column.added')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('column.actions')}</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <Cell className="max-w-64 truncate font-medium">{key.name}</Cell>
            <Cell>{key.label}</Cell>
            <Cell className="font-mono">{`…${key.last4}`}</Cell>
            <Cell>
              <Status tone={key.enabled ? 'good' : 'quiet'}>{key.enabled ? t('status.on') : t('status.off')}</Status>
            </Cell>
            <Cell>{key.isExclusive ? t('failing.exclusive') : t('failing.shared')}</Cell>
            <Cell>
              <LocalTime at={key.createdAt} precision="day" />
            </Cell>
            <Cell className="text-right">
              <OwnKeyActions ownKey={key} onAction={(action) => onAction(action, key)} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
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
    <Menu
      trigger={
        <button type="button" className={buttonClass('quiet', 'icon')} aria-label={t('actionsOf', { name })}>
          <MoreIcon />
        </button>
      }
    >
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
    </Menu>
  );
}
