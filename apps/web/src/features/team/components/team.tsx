'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { PlusIcon } from '#ui/icons.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { ChangeRoleDialog } from './change-role-dialog.tsx';
import { InvitationSection } from './invitation-section.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import { type MemberAction, MemberTable } from './member-table.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import type { TeamMember } from './team-member.ts';

const skeletonRows = 3;

type Open = { readonly dialog: 'invite' | 'rename' } | { readonly dialog: MemberAction; readonly member: TeamMember };

/** The page of an organization's members. @param userId who reads it */
export function Team({ userId }: { readonly userId: string }) {
  const t = useTranslations('team');
  const failure = useFailure();
  const mayManage = useMay('member.manage');
  const mayRename = useMay('organization.update');
  const [open, setOpen] = useState<Open>();
  const { data, error, isPending, refetch } = api.team.read.useQuery({});
  const close = () => setOpen(undefined);
  const inviteButton = mayManage && (
    <Button look="primary" onClick={() => setOpen({ dialog: 'invite' })}>
      <PlusIcon />
      {t('invite.action')}
    </Button>
  );
  const actions = (
    <div className="flex flex-wrap gap-2.5">
      {mayRename && data && <Button onClick={() => setOpen({ dialog: 'rename' })}>{t('rename.action')}</Button>}
      {inviteButton}
    </div>
  );
  return (
    <>
      <PageHead title={t('title')} lead={data && t('lead', { name: data.name })} actions={actions} />
      <Section title={t('members')}>
        {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
        {isPending && <SkeletonRows rows={skeletonRows} className="h-11" />}
        {data && (
          <MemberTable
            members={data.members}
            userId={userId}
            onAction={(dialog, member) => setOpen({ dialog, member })}
          />
        )}
        {data && <p className="mt-3 text-caption text-ink-faint">{t('utc')}</p>}
        {data?.members.length === 1 && mayManage && (
          <EmptyState title={t('alone.title')} action={inviteButton}>
            {t('alone.body')}
          </EmptyState>
        )}
      </Section>
      {mayManage && <InvitationSection />}
      {open?.dialog === 'invite' && <InviteDialog onClose={close} />}
      {open?.dialog === 'rename' && data && <RenameDialog name={data.name} onClose={close} />}
      {open?.dialog === 'role' && <ChangeRoleDialog member={open.member} onClose={close} />}
      {open?.dialog === 'limits' && <LimitsDialog member={open.member} onClose={close} />}
      {open?.dialog === 'remove' && <RemoveMemberDialog member={open.member} onClose={close} />}
      {open?.dialog === 'leave' && data && (
        <LeaveDialog organization={{ id: data.organizationId, name: data.name }} onClose={close} />
      )}
    </>
  );
}
