'use client';

import { useTranslations } from 'next-intl';
import { CreateKeyForm, type CreateKeyFormProps } from './create-key-form.tsx';
import type { Gateway } from './new-secret.tsx';
import { SecretDialog } from './secret-dialog.tsx';

export interface CreateKeyDialogProps extends Pick<CreateKeyFormProps, 'unit'> {
  readonly open: boolean;
  readonly gateway: Gateway;
  readonly onClose: () => void;
}

/** Makes a key and shows its secret, this once. */
export function CreateKeyDialog({ open, gateway, unit, onClose }: CreateKeyDialogProps) {
  const t = useTranslations('keys');
  return (
    <SecretDialog
      open={open}
      gateway={gateway}
      asking={{ title: t('form.title') }}
      shown={{ title: t('created.title'), lead: t('created.lead') }}
      onClose={onClose}
    >
      {({ onMade, onCancel }) => <CreateKeyForm unit={unit} onCreated={onMade} onCancel={onCancel} />}
    </SecretDialog>
  );
}
