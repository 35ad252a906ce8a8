'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';

const maxNameLength = 64;

export function RenameDialog({ name: before, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useTranslations('team');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const utils = api.useUtils();
  const [name, setName] = useState(before);
  const rename = api.team.rename.useMutation({
    async onSuccess() {
      toast({ title: t('rename.done') });
      onClose();
      await utils.team.read.invalidate();
      // The frame around this page shows the name too.
      router.refresh();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    rename.mutate({ name });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('rename.title')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('rename.label')}>
          <TextInput
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={maxNameLength}
          />
        </Field>
        {rename.error && <ErrorState {...failure(rename.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={rename.isPending}>
            {t('rename.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
