'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { RoleField, type TeamRole } from './role-field.tsx';
import type { MemberDialogProps } from './team-member.ts';

export function ChangeRoleDialog({ member, onClose }: MemberDialogProps) {
  const t = useTranslations('team');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const [role, setRole] = useState<TeamRole>(member.role);
  const change = api.team.setRole.useMutation({
    async onSuccess() {
      toast({ title: t('changeRole.done', { name: member.name, role: t(`role.${role}`) }) });
      onClose();
      await utils.team.read.invalidate();
      // Whoever changed their own role sees other pages now.
      router.refresh();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate({ userId: member.id, role });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('changeRole.title', { name: member.name })}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <RoleField role={role} onChange={setRole} />
        {change.error && <ErrorState {...failure(change.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t('changeRole.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
