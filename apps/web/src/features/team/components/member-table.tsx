'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usdText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import type { TeamMember } from './team-member.ts';

export type MemberAction = 'role' | 'limits' | 'remove' | 'leave';

export interface MemberTableProps {
  readonly members: readonly TeamMember[];
  /** Who reads it. */
  readonly userId: string;
  readonly onAction: (action: MemberAction, member: TeamMember) => void;
}

export function MemberTable({ members, userId, onAction }: MemberTableProps) {
  const t = useTranslations('team');
  const locale = useLocale();
  const spent = (amountNanoUsd: bigint, limitNanoUsd: bigint | undefined) =>
    limitNanoUsd === undefined
      ? usdText(amountNanoUsd, locale)
      : t('of', { spent: usdText(amountNanoUsd, locale), limit: usdText(limitNanoUsd, locale) });
  return (
    <RecordTable
      label={t('members')}
      rows={members}
      columns={[
        {
          label: t('column.name'),
          cell: (member) => (
            <span className="flex flex-col py-1">
              <span className="flex flex-wrap items-baseline gap-x-3 font-medium">
                {member.name}
                {member.id === userId && <Status tone="good">{t('you')}</Status>}
              </span>
              <span className="font-mono text-caption text-ink-faint">{member.email}</span>
            </span>
          ),
        },
        { label: t('column.role'), cell: ({ role }) => t(`role.${role}`) },
        { label: t('column.keys'), cell: ({ liveKeys }) => liveKeys, numeric: true },
        { label: t('column.day'), cell: (m) => spent(m.dayNanoUsd, m.limits.perDayNanoUsd), numeric: true },
        { label: t('column.month'), cell: (m) => spent(m.monthNanoUsd, m.limits.perMonthNanoUsd), numeric: true },
        {
          label: t('column.lastSeen'),
          cell: ({ lastSeenAt }) =>
            lastSeenAt ? <LocalTime at={lastSeenAt} /> : <span className="text-ink-faint">{t('never')}</span>,
        },
        { label: t('column.since'), cell: ({ since }) => <LocalTime at={since} precision="day" /> },
      ]}
      actions={{
        label: t('column.actions'),
        of: (member) => (
          <MemberActions
            member={member}
            isReader={member.id === userId}
            onAction={(action) => onAction(action, member)}
          />
        ),
      }}
    />
  );
}

interface MemberActionsProps {
  readonly member: TeamMember;
  readonly isReader: boolean;
  readonly onAction: (action: MemberAction) => void;
}

function MemberActions({ member, isReader, onAction }: MemberActionsProps) {
  const t = useTranslations('team');
  const mayManage = useMay('member.manage');
  if (!mayManage && !isReader) return null;
  return (
    <RowMenu label={t('actionsOf', { name: member.name })}>
      {mayManage && <MenuItem onSelect={() => onAction('role')}>{t('changeRole.action')}</MenuItem>}
      {mayManage && <MenuItem onSelect={() => onAction('limits')}>{t('limits.action')}</MenuItem>}
      {mayManage && !isReader && (
        <MenuItem danger onSelect={() => onAction('remove')}>
          {t('remove.action')}
        </MenuItem>
      )}
      {isReader && (
        <MenuItem danger onSelect={() => onAction('leave')}>
          {t('leave.action')}
        </MenuItem>
      )}
    </RowMenu>
  );
}
