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
import { maxViewNameLength, type SavedView } from '../saved-view.ts';
import type { ViewPage } from '../view-pages.ts';

export interface ManageViewsDialogProps {
  readonly page: ViewPage;
  readonly views: readonly SavedView[];
  readonly onClose: () => void;
}

/** One's views of a page: what they are called, with which one it opens, and which ones go. */
export function ManageViewsDialog({ page, views, onClose }: ManageViewsDialogProps) {
  const t = useTranslations('savedViews');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('manageTitle')} description={t('manageLead')}>
      {views.length === 0 && <p className="text-small text-ink-soft">{t('empty')}</p>}
      <ul className="flex flex-col divide-y divide-rule">
        {views.map((view) => (
          <li key={view.id} className="py-3 first:pt-0">
            <ManagedView page={page} view={view} />
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function ManagedView({ page, view }: { readonly page: ViewPage; readonly view: SavedView }) {
  const t = useTranslations('savedViews');
  const failure = useFailure();
  const utils = api.useUtils();
  const [name, setName] = useState(view.name);
  const settings = { onSuccess: () => utils.savedView.list.invalidate({ page }) };
  const change = api.savedView.change.useMutation(settings);
  const remove = api.savedView.delete.useMutation(settings);
  const error = change.error ?? remove.error;
  const isBusy = change.isPending || remove.isPending;
  const isRenamed = name.trim() !== '' && name.trim() !== view.name;

  function rename(event: FormEvent) {
    event.preventDefault();
    if (isRenamed && !isBusy) change.mutate({ id: view.id, name });
  }

  return (
    <form onSubmit={rename} aria-label={view.name} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2.5">
        <Field label={t('name')} className="min-w-0 grow">
          <TextInput value={name} onValueChange={setName} maxLength={maxViewNameLength} autoComplete="off" />
        </Field>
        <Button type="submit" disabled={!isRenamed} busy={change.isPending}>
          {t('rename')}
        </Button>
        <Button
          aria-label={t('deleteNamed', { name: view.name })}
          busy={remove.isPending}
          onClick={() => remove.mutate({ id: view.id })}
        >
          {t('delete')}
        </Button>
      </div>
      <Checkbox
        checked={view.opensFirst}
        onChange={(opensFirst) => !isBusy && change.mutate({ id: view.id, opensFirst })}
      >
        {t('first')}
      </Checkbox>
      {error && <ErrorState {...failure(error)} />}
    </form>
  );
}
