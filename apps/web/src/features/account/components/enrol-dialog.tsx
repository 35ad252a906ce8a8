'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { CodeField } from './code-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Switches the second factor on: a secret to scan, a first code, the recovery codes. */
export function EnrolDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const utils = api.useUtils();
  const begin = api.account.beginTwoFactor.useMutation();
  const confirm = api.account.confirmTwoFactor.useMutation();
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    begin.mutate();
  });

  async function close() {
    onClose();
    await utils.account.me.invalidate();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    confirm.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
  }

  const codes = confirm.data?.recoveryCodes;
  return (
    <Dialog
      open
      dismissible={!codes}
      // The codes are shown this once: only their own button leaves them.
      onOpenChange={(open) => !open && !codes && close()}
      title={t('twoFactor.title')}
      description={codes ? undefined : t('twoFactor.scan')}
    >
      {codes && <RecoveryCodes codes={codes} onKept={close} />}
      {begin.error && <ErrorState {...failure(begin.error)} onRetry={() => begin.mutate()} />}
      {!codes && !begin.error && (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-4">
            {begin.data ? (
              // biome-ignore lint/performance/noImgElement: a picture made for this page
              <img src={begin.data.qrCode} alt={t('twoFactor.qrCode')} className="size-44 rounded-control bg-white" />
            ) : (
              <Skeleton className="size-44" />
            )}
            <div className="flex min-w-0 flex-1 basis-48 flex-col items-start gap-2">
              <code data-testid="two-factor-secret" className="font-mono text-small break-all select-all">
                {begin.data?.secret}
              </code>
              {begin.data && <CopyButton text={begin.data.secret} what={t('twoFactor.secret')} />}
            </div>
          </div>
          <CodeField label={t('twoFactor.code')} error={confirm.error ? failure(confirm.error).message : undefined} />
          <DialogActions>
            <Button onClick={close}>{t('cancel')}</Button>
            <Button type="submit" look="primary" busy={confirm.isPending} disabled={!begin.data}>
              {t('twoFactor.confirm')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
