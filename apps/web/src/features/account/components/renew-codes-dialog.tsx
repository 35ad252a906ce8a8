'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { CodeField } from './code-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Replaces the recovery codes. */
export function RenewCodesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const utils = api.useUtils();
  const renew = api.account.renewRecoveryCodes.useMutation();
  const codes = renew.data?.recoveryCodes;

  async function close() {
    onClose();
    await utils.account.me.invalidate();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    renew.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
  }

  return (
    <Dialog
      open
      dismissible={!codes}
      onOpenChange={(open) => !open && !codes && close()}
      title={t('twoFactor.renew')}
      description={codes ? undefined : t('twoFactor.renewLead')}
    >
      {codes ? (
        <RecoveryCodes codes={codes} onKept={close} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <CodeField label={t('twoFactor.anyCode')} error={renew.error ? failure(renew.error).message : undefined} />
          <DialogActions>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button type="submit" look="primary" busy={renew.isPending}>
              {t('twoFactor.renewSubmit')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
