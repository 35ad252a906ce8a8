'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { buttonClass } from '#ui/button.tsx';
import { MoreIcon } from '#ui/icons.tsx';
import { Menu, MenuItem } from '#ui/menu.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { useGroupSwitch } from './use-group-switch.ts';

export type ChannelGroup = ApiOutput['channelGroup']['list'][number];

export interface GroupTableProps {
  readonly groups: readonly ChannelGroup[];
  readonly onEdit: (group: ChannelGroup) => void;
}

const defaultGroupId = 'default';

export function GroupTable({ groups, onEdit }: GroupTableProps) {
  const t = useTranslations('groups');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.id')}</HeaderCell>
          <HeaderCell>{t('column.name')}</HeaderCell>
          <HeaderCell numeric>{t('column.multiplier')}</HeaderCell>
          <HeaderCell numeric>{t('column.models')}</HeaderCell>
          <HeaderCell numeric>{t('column.channels')}</HeaderCell>
          <HeaderCell numeric>{t('column.keys')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('column.actions')}</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupRow key={group.id} group={group} onEdit={() => onEdit(group)} />
        ))}
      </tbody>
    </Table>
  );
}

function GroupRow({ group, onEdit }: { readonly group: ChannelGroup; readonly onEdit: () => void }) {
  const t = useTranslations('groups');
  const locale = useLocale();
  const { id, displayName, multiplier, models, channels, keys, enabled, origin } = group;
  return (
    <tr>
      <Cell>
        <span className="font-mono font-medium">{id}</span>
        {origin === 'config' && <span className="ml-2 text-caption text-ink-faint">{t('fromFile')}</span>}
      </Cell>
      <Cell className="max-w-56 truncate">{displayName}</Cell>
      <Cell numeric>{`× ${multiplier}`}</Cell>
      <Cell numeric title={models.join(', ')}>
        {models.length === 0 ? t('all') : countText(models.length, locale)}
      </Cell>
      <Cell numeric>{countText(channels, locale)}</Cell>
      <Cell numeric>{countText(keys, locale)}</Cell>
      <Cell>{enabled ? <Status tone="good">{t('on')}</Status> : <Status tone="quiet">{t('off')}</Status>}</Cell>
      <Cell className="text-right">
        <GroupActions group={group} onEdit={onEdit} />
      </Cell>
    </tr>
  );
}

function GroupActions({ group, onEdit }: { readonly group: ChannelGroup; readonly onEdit: () => void }) {
  const t = useTranslations('groups');
  const mayManage = useMay('group.manage');
  const { mutate: flip } = useGroupSwitch();
  const { id, enabled, origin, displayName } = group;
  if (!mayManage || origin === 'config') return null;
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={buttonClass('quiet', 'icon')}
          aria-label={t('actionsOf', { name: displayName })}
        >
          <MoreIcon />
        </button>
      }
    >
      <MenuItem onSelect={onEdit}>{t('edit')}</MenuItem>
      {id !== defaultGroupId && (
        <MenuItem onSelect={() => flip({ id, enabled: !enabled })}>{enabled ? t('disable') : t('enable')}</MenuItem>
      )}
    </Menu>
  );
}
