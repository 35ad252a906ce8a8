'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';

export interface LeaveDialogProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}

/** Says what leaving does, and leaves. */
export function LeaveDialog({ organization: { id, name }, onClose }: LeaveDialogProps) {
  const t = useTranslations('team');
  const failure = useFailure();
  // A whole load, so that nothing drawn for the organization stays.
  const leave = api.team.leave.useMutation({ onSuccess: () => window.location.reload() });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('leave.title', { name })}
      description={t('leave.lead')}
    >
      {leave.error && <ErrorState {...failure(leave.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          look="danger"
          busy={leave.isPending || leave.isSuccess}
          onClick={() => leave.mutate({ organizationId: id })}
        >
          {t('leave.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
