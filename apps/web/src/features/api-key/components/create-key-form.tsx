'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { emptyKeyForm, inGroup, type KeyForm, keyInput, type Lifetime, lifetimes } from '../key-form.ts';
import { GroupPicker } from './group-picker.tsx';
import { LimitFields } from './limit-fields.tsx';
import { ModelPicker } from './model-picker.tsx';

const maxNameLength = 64;

export interface CreateKeyFormProps {
  readonly onCreated: (secret: string) => void;
  readonly onCancel: () => void;
}

export function CreateKeyForm({ onCreated, onCancel }: CreateKeyFormProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const [form, setForm] = useState<KeyForm>(emptyKeyForm);
  const groups = api.apiKey.groups.useQuery({});
  const group = groups.data?.find(({ id, isDefault }) => (form.group === undefined ? isDefault : id === form.group));
  const utils = api.useUtils();
  const create = api.apiKey.create.useMutation({
    onSuccess: ({ secret }) => {
      void utils.apiKey.list.invalidate();
      onCreated(secret);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(keyInput(form, Date.now()));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('form.name')} hint={t('form.nameHint')}>
        <TextInput
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          required
          maxLength={maxNameLength}
          autoComplete="off"
        />
      </Field>
      <Field label={t('form.expires')}>
        <Select
          value={form.lifetime}
          onChange={(event) => setForm({ ...form, lifetime: event.target.value as Lifetime })}
        >
          {lifetimes.map((lifetime) => (
            <option key={lifetime} value={lifetime}>
              {t(`lifetime.${lifetime}`)}
            </option>
          ))}
        </Select>
      </Field>
      {groups.isPending && <SkeletonRows rows={1} />}
      {groups.error && <ErrorState {...failure(groups.error)} onRetry={() => groups.refetch()} />}
      {groups.data && (
        <GroupPicker
          groups={groups.data}
          chosen={group?.id ?? ''}
          onChange={(chosen) => setForm(inGroup(form, chosen))}
        />
      )}
      <ModelPicker offered={group?.models} chosen={form.models} onChange={(models) => setForm({ ...form, models })} />
      <Checkbox checked={form.strict} onChange={(strict) => setForm({ ...form, strict })}>
        {t('form.strict')}
      </Checkbox>
      <LimitFields limits={form.limits} onChange={(limits) => setForm({ ...form, limits })} />
      {create.error && <ErrorState {...failure(create.error)} />}
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          {t('form.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
