'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import type { DeskModel } from '../model-filter.ts';
import {
  type ModelField,
  modelFormOf,
  readModelForm,
  type TakesChoice,
  takesChoices,
  takesFields,
} from '../model-form.ts';
import { useModelUpdate } from './use-model-update.ts';

export interface EditModelDialogProps {
  readonly model: DeskModel;
  readonly onClose: () => void;
}

type TypedField = Exclude<ModelField, (typeof takesFields)[number]>;

/** What a model is called, and what and how much it takes. What the configuration file says stays as it is. */
export function EditModelDialog({ model, onClose }: EditModelDialogProps) {
  const t = useTranslations('modelDesk');
  const failure = useFailure();
  const update = useModelUpdate();
  const [form, setForm] = useState(() => modelFormOf(model));
  const [wrong, setWrong] = useState<readonly ModelField[]>([]);
  const about = (field: TypedField) => ({
    value: form[field],
    onValueChange: (text: string) => setForm({ ...form, [field]: text }),
    disabled: model.fileFields.includes(field),
  });
  const errorOf = (field: TypedField) => (wrong.includes(field) ? t(`edit.wrong.${field}`) : undefined);

  function save(event: FormEvent) {
    event.preventDefault();
    const read = readModelForm(form, model);
    setWrong('wrong' in read ? read.wrong : []);
    if ('edit' in read) update.mutate({ modelId: model.id, ...read.edit }, { onSuccess: onClose });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('edit.title', { model: model.id })}
      description={t('edit.lead')}
    >
      <form onSubmit={save} className="flex flex-col gap-4">
        <Field label={t('edit.displayName')} error={errorOf('displayName')}>
          <TextInput {...about('displayName')} autoComplete="off" />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('column.context')} hint={t('edit.tokensHint')} error={errorOf('contextTokens')}>
            <TextInput {...about('contextTokens')} inputMode="numeric" autoComplete="off" />
          </Field>
          <Field label={t('maxOutput')} hint={t('edit.tokensHint')} error={errorOf('maxOutputTokens')}>
            <TextInput {...about('maxOutputTokens')} inputMode="numeric" autoComplete="off" />
          </Field>
        </div>
        <fieldset className="grid gap-4 sm:grid-cols-3">
          <legend className="mb-1.5 text-small font-medium">{t('edit.takes')}</legend>
          {takesFields.map((field) => (
            <Field key={field} label={t(`takes.${field}`)}>
              <Select
                value={form[field]}
                disabled={model.fileFields.includes(field)}
                onChange={({ target }) => setForm({ ...form, [field]: target.value as TakesChoice })}
              >
                {takesChoices.map((choice) => (
                  <option key={choice} value={choice}>
                    {t(`takes.${choice || 'unknown'}`)}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
          <p className="text-caption text-ink-faint sm:col-span-3">{t('edit.takesHint')}</p>
        </fieldset>
        <Field label={t('aliases')} hint={t('edit.aliasesHint')} error={errorOf('aliases')}>
          <TextArea
            value={form.aliases}
            disabled={model.fileFields.includes('aliases')}
            onChange={({ target }) => setForm({ ...form, aliases: target.value })}
            rows={4}
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        {update.error && <ErrorState {...failure(update.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            {t('edit.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
