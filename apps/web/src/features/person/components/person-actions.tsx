'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import type { ActedPerson } from '../acted-person.ts';
import { type PersonAct, PersonActDialog } from './person-act-dialog.tsx';
import { StaffRoleDialog } from './staff-role-dialog.tsx';

/** What staff can do for a person: of the staff themselves, only who manages them. */
export function PersonActions({ person }: { readonly person: ActedPerson }) {
  const t = useTranslations('people');
  const [mayManage, maySuspend, maySignOut, mayReset] = [
    useMay('staff.manage'),
    useMay('user.suspend'),
    useMay('user.signOut'),
    useMay('user.resetPassword'),
  ];
  const [open, setOpen] = useState<PersonAct | 'role'>();
  const isOffered = (!person.isStaff || mayManage) && (maySuspend || maySignOut || mayReset || mayManage);
  if (!isOffered) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <RowMenu label={t('actionsOf', { name: person.email })}>
        {maySignOut && <MenuItem onSelect={() => setOpen('signOut')}>{t('signOut.open')}</MenuItem>}
        {mayReset && !person.isSuspended && (
          <MenuItem onSelect={() => setOpen('sendReset')}>{t('sendReset.open')}</MenuItem>
        )}
        {mayManage && <MenuItem onSelect={() => setOpen('role')}>{t('role.open')}</MenuItem>}
        {maySuspend && person.isSuspended && <MenuItem onSelect={() => setOpen('resume')}>{t('resume.open')}</MenuItem>}
        {maySuspend && !person.isSuspended && (
          <MenuItem danger onSelect={() => setOpen('suspend')}>
            {t('suspend.open')}
          </MenuItem>
        )}
      </RowMenu>
      {open === 'role' && <StaffRoleDialog person={person} onClose={close} />}
      {open && open !== 'role' && <PersonActDialog person={person} act={open} onClose={close} />}
    </>
  );
}
