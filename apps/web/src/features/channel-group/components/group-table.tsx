'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import { useGroupSwitch } from './use-group-switch.ts';

export type ChannelGroup = ApiOutput['channelGroup']['list'][number];

export interface GroupTableProps {
  readonly groups: readonly ChannelGroup[];
  readonly onEdit: (group: ChannelGroup) => void;
  readonly onPrice: (group: ChannelGroup) => void;
}

export function GroupTable({ groups, onEdit, onPrice }: GroupTableProps) {
  const t = useTranslations('groups');
  const locale = useLocale();
  return (
    <RecordTable
      label={t('title')}
      rows={groups}
      columns={[
        { label: t('column.id'), cell: (group) => <GroupId group={group} /> },
        {
          label: t('column.name'),
          cell: ({ displayName }) => displayName,
          className: 'max-w-56 truncate',
          title: ({ displayName }) => displayName,
        },
        { label: t('column.multiplier'), cell: (group) => <Multiplier group={group} />, numeric: true },
        {
          label: t('column.models'),
          cell: ({ models }) => (models.length === 0 ? t('all') : countText(models.length, locale)),
          numeric: true,
          title: ({ models }) => models.join(', '),
        },
        { label: t('column.channels'), cell: ({ channels }) => countText(channels, locale), numeric: true },
        { label: t('column.keys'), cell: ({ keys }) => countText(keys, locale), numeric: true },
        { label: t('column.offered'), cell: ({ offered }) => (offered ? t('offered') : t('notOffered')) },
        {
          label: t('column.state'),
          cell: ({ enabled }) => <Status tone={enabled ? 'good' : 'quiet'}>{enabled ? t('on') : t('off')}</Status>,
        },
      ]}
      actions={{
        label: t('column.actions'),
        of: (group) => <GroupActions group={group} onEdit={() => onEdit(group)} onPrice={() => onPrice(group)} />,
      }}
    />
  );
}

function Multiplier({ group: { multiplier, next } }: { readonly group: ChannelGroup }) {
  const t = useTranslations('groups');
  return (
    <>
      {`× ${multiplier}`}
      {next && (
        <span className="ml-2 text-caption text-ink-faint">
          {t('multiplier.next', { multiplier: next.multiplier })} <LocalTime at={next.validFrom} precision="day" />
        </span>
      )}
    </>
  );
}

function GroupId({ group: { id, origin } }: { readonly group: ChannelGroup }) {
  const t = useTranslations('groups');
  return (
    <>
      <span className="font-mono font-medium">{id}</span>
      {origin === 'config' && <span className="ml-2 text-caption text-ink-faint">{t('fromFile')}</span>}
    </>
  );
}

interface GroupActionsProps {
  readonly group: ChannelGroup;
  readonly onEdit: () => void;
  readonly onPrice: () => void;
}

function GroupActions({ group, onEdit, onPrice }: GroupActionsProps) {
  const t = useTranslations('groups');
  const mayManage = useMay('group.manage');
  const { mutate: flip } = useGroupSwitch();
  const { id, enabled, isDefault, origin, displayName } = group;
  const isOurs = mayManage && origin !== 'config';
  return (
    <RowMenu label={t('actionsOf', { name: displayName })}>
      <MenuItem onSelect={onPrice}>{t('multiplier.open')}</MenuItem>
      {isOurs && <MenuItem onSelect={onEdit}>{t('edit')}</MenuItem>}
      {isOurs && !isDefault && (
        <MenuItem onSelect={() => flip({ id, enabled: !enabled })}>{enabled ? t('disable') : t('enable')}</MenuItem>
      )}
    </RowMenu>
  );
}
