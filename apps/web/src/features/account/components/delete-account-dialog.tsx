'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type ApiOutput, api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { DeletionLosses } from './deletion-losses.tsx';

type Preview = ApiOutput['account']['deletionPreview'];

const skeletonRows = 3;

/** Says what ends with the account and what stands against it, then asks for its address and password. */
export function DeleteAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('settings.deletion');
  const failure = useFailure();
  // What was true a moment ago decides nothing here.
  const { data, error, refetch } = api.account.deletionPreview.useQuery(undefined, { staleTime: 0, gcTime: 0 });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('dialog')}
      description={t('lead')}
      dismissible={false}
    >
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {!data && !error && (
        <div aria-label={t('loading')} role="status">
          <SkeletonRows rows={skeletonRows} />
        </div>
      )}
      {data && <Deletion preview={data} onClose={onClose} />}
    </Dialog>
  );
}

function Deletion({ preview, onClose }: { readonly preview: Preview; readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const { isStaff, onlyOwnerOf, asks } = preview;
  const obstacles = [
    ...(isStaff ? [t('deletion.staff')] : []),
    ...onlyOwnerOf.map(({ name }) => t('deletion.onlyOwner', { name })),
    ...(asks === 'nothing' ? [t('deletion.nothing')] : []),
  ];
  if (obstacles.length === 0) return <DeletionForm preview={preview} onClose={onClose} />;
  return (
    <>
      <ul className="flex flex-col gap-2 text-small">
        {obstacles.map((obstacle) => (
          <li key={obstacle} className="border-l-2 border-warn pl-3">
            {obstacle}
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        {asks === 'nothing' && (
          <Link href="/reset" className={buttonClass('primary')}>
            {t('deletion.setPassword')}
          </Link>
        )}
      </DialogActions>
    </>
  );
}

function DeletionForm({ preview, onClose }: { readonly preview: Preview; readonly onClose: () => void }) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const [email, setEmail] = useState('');
  const [secret, setSecret] = useState('');
  // Nobody is signed in afterwards: the whole page goes.
  const remove = api.account.delete.useMutation({ onSuccess: () => window.location.assign('/') });
  const isCode = preview.asks === 'code';

  function submit(event: FormEvent) {
    event.preventDefault();
    remove.mutate({ email, password: isCode ? '' : secret, code: isCode ? secret : '' });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <DeletionLosses closing={preview.closing} />
      <Field label={t('deletion.email', { email: preview.email })}>
        <TextInput value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" required />
      </Field>
      <Field label={t(isCode ? 'deletion.code' : 'deletion.password')}>
        <TextInput
          type={isCode ? 'text' : 'password'}
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
          autoComplete={isCode ? 'one-time-code' : 'current-password'}
          maxLength={isCode ? 64 : 512}
          required
        />
      </Field>
      {remove.error && <ErrorState {...failure(remove.error)} />}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          type="submit"
          look="danger"
          busy={remove.isPending || remove.isSuccess}
          disabled={email.trim().toLowerCase() !== preview.email}
        >
          {t('deletion.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
