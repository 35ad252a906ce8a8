'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '#ui/dialog.tsx';
import { CreateKeyForm } from './create-key-form.tsx';
import { NewSecret } from './new-secret.tsx';

export interface CreateKeyDialogProps {
  readonly open: boolean;
  readonly workerUrl: string;
  readonly onClose: () => void;
}

/** First the form, then the secret. Leaving without having copied it takes a second, warned step. */
export function CreateKeyDialog({ open, workerUrl, onClose }: CreateKeyDialogProps) {
  const t = useTranslations('keys');
  const [secret, setSecret] = useState<string>();
  const [guard, setGuard] = useState<'closed' | 'warned' | 'open'>('closed');

  function leave() {
    if (secret !== undefined && guard === 'closed') {
      setGuard('warned');
      return;
    }
    setSecret(undefined);
    setGuard('closed');
    onClose();
  }

  return (
    <Dialog
      open={open}
      dismissible={false}
      // Escape warns as often as it is pressed; only the named button leaves a secret behind.
      onOpenChange={(next) => !next && (guard === 'warned' ? undefined : leave())}
      title={secret === undefined ? t('form.title') : t('created.title')}
      description={secret === undefined ? undefined : t('created.lead')}
    >
      {secret === undefined ? (
        <CreateKeyForm onCreated={setSecret} onCancel={leave} />
      ) : (
        <NewSecret
          secret={secret}
          workerUrl={workerUrl}
          warned={guard === 'warned'}
          onCopied={() => setGuard('open')}
          onDone={leave}
        />
      )}
    </Dialog>
  );
}
