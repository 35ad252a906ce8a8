'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxViewNameLength } from '../saved-view.ts';
import type { ViewPage, ViewQuery } from '../view-pages.ts';

export interface KeepViewDialogProps {
  readonly page: ViewPage;
  readonly query: ViewQuery;
  readonly onClose: () => void;
}

/** Keeps the present filters under a name. */
export function KeepViewDialog({ page, query, onClose }: KeepViewDialogProps) {
  const t = useTranslations('savedViews');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [name, setName] = useState('');
  const [opensFirst, setOpensFirst] = useState(false);
  const [wasSent, setSent] = useState(false);
  const keep = api.savedView.keep.useMutation({
    async onSuccess() {
      await utils.savedView.list.invalidate({ page });
      toast({ title: t('kept', { name: name.trim() }) });
      onClose();
    },
  });
  const isUnnamed = name.trim() === '';

  function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (!keep.isPending && !isUnnamed) keep.mutate({ page, query, name, opensFirst });
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('keepTitle')} description={t('keepLead')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t('name')} error={wasSent && isUnnamed && t('nameMissing')}>
          <TextInput value={name} onValueChange={setName} maxLength={maxViewNameLength} autoComplete="off" />
        </Field>
        <Checkbox checked={opensFirst} onChange={setOpensFirst}>
          {t('first')}
        </Checkbox>
        {keep.error && <ErrorState {...failure(keep.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={keep.isPending}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
