'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { ApiKey } from '../api-key.ts';
import { keyFormOf, keyInput } from '../key-form.ts';
import { KeyFields } from './key-fields.tsx';

export interface EditKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly unit: BalanceUnit;
  readonly onClose: () => void;
}

/** Changes what is set on a key; in force at every worker within a second. */
export function EditKeyDialog({ apiKey, unit, onClose }: EditKeyDialogProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [form, setForm] = useState(() => keyFormOf(apiKey, unit));
  const groups = api.apiKey.groups.useQuery({});
  const offered = groups.data?.find(({ id }) => id === apiKey.group.id)?.models;
  const update = api.apiKey.update.useMutation({
    onSuccess: async () => {
      await utils.apiKey.list.invalidate();
      toast({ title: t('edit.saved', { name: form.name.trim() }) });
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ apiKeyId: apiKey.id, settings: keyInput(form, Date.now(), unit, apiKey.expiresAt) });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('edit.title', { name: apiKey.name })}
      description={t('edit.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <KeyFields form={form} onChange={setForm} unit={unit} offered={offered} hasExpiry={apiKey.expiresAt !== null} />
        {update.error && <ErrorState {...failure(update.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            {t('edit.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
