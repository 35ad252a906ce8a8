'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';
import { Button } from '#ui/button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { emptyKeyForm, inGroup, type KeyForm, keyInput } from '../key-form.ts';
import type { MadeSecret } from '../made-secret.ts';
import { GroupPicker } from './group-picker.tsx';
import { KeyFields } from './key-fields.tsx';

export interface CreateKeyFormProps {
  readonly unit: BalanceUnit;
  readonly onCreated: (made: MadeSecret) => void;
  readonly onCancel: () => void;
}

export function CreateKeyForm({ unit, onCreated, onCancel }: CreateKeyFormProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const [form, setForm] = useState<KeyForm>(emptyKeyForm);
  const groups = api.apiKey.groups.useQuery({});
  const group = groups.data?.find(({ id, isDefault }) => (form.group === undefined ? isDefault : id === form.group));
  const utils = api.useUtils();
  const create = api.apiKey.create.useMutation({
    onSuccess: ({ secret, apiKey }) => {
      void utils.apiKey.list.invalidate();
      const models = apiKey.models.length > 0 ? apiKey.models : (group?.models ?? []);
      onCreated({ secret, apiKeyId: apiKey.id, models });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ ...keyInput(form, Date.now(), unit), ...(form.group !== undefined && { group: form.group }) });
  }

  const choice = (
    <>
      {groups.isPending && <SkeletonRows rows={1} />}
      {groups.error && <ErrorState {...failure(groups.error)} onRetry={() => groups.refetch()} />}
      {groups.data && (
        <GroupPicker
          groups={groups.data}
          chosen={group?.id ?? ''}
          onChange={(chosen) => setForm(inGroup(form, chosen))}
        />
      )}
    </>
  );
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <KeyFields form={form} onChange={setForm} unit={unit} offered={group?.models} group={choice} />
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
