'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { ModelPicker } from '#features/api-key/components/model-picker.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { ChannelGroup } from './group-table.tsx';

const maxNameLength = 64;
const maxIdLength = 32;

export interface GroupDialogProps {
  /** Undefined: a new one. */
  readonly group: ChannelGroup | undefined;
  readonly onClose: () => void;
}

/** Makes a group, or changes all of one but its multiplier, which has dates. */
export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const t = useTranslations('groups');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [id, setId] = useState('');
  const [displayName, setDisplayName] = useState(group?.displayName ?? '');
  const [multiplier, setMultiplier] = useState('1');
  const [models, setModels] = useState<readonly string[]>(group?.models ?? []);
  const [offered, setOffered] = useState(group?.offered ?? false);
  async function onSuccess() {
    await utils.channelGroup.list.invalidate();
    toast({ title: group ? t('saved') : t('created', { name: id }) });
    onClose();
  }
  const create = api.channelGroup.create.useMutation({ onSuccess });
  const update = api.channelGroup.update.useMutation({ onSuccess });
  const error = create.error ?? update.error;
  const wrong = (field: 'id' | 'multiplier' | 'displayName') =>
    error?.data?.field === field ? t(`invalid.${field}`) : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    const settings = { displayName: displayName.trim(), models: [...models], offered };
    if (group) update.mutate({ id: group.id, ...settings });
    else create.mutate({ id: id.trim(), multiplier: multiplier.trim(), ...settings });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={group ? t('form.editTitle', { name: group.displayName }) : t('form.createTitle')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!group && (
          <Field label={t('form.id')} hint={t('form.idHint')} error={wrong('id')}>
            <TextInput
              value={id}
              onChange={(event) => setId(event.target.value)}
              required
              maxLength={maxIdLength}
              className="font-mono"
              autoComplete="off"
            />
          </Field>
        )}
        <Field label={t('form.name')} hint={t('form.nameHint')} error={wrong('displayName')}>
          <TextInput
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
            required
            maxLength={maxNameLength}
            autoComplete="off"
          />
        </Field>
        {!group && (
          <Field label={t('form.multiplier')} hint={t('form.multiplierHint')} error={wrong('multiplier')}>
            <TextInput
              value={multiplier}
              onChange={(event) => setMultiplier(event.target.value)}
              required
              inputMode="decimal"
              className="font-mono"
              autoComplete="off"
            />
          </Field>
        )}
        <ModelPicker chosen={models} onChange={setModels} />
        <p className="-mt-2 text-caption text-ink-faint">{t('form.modelsHint')}</p>
        {!group?.isDefault && (
          <div>
            <Checkbox checked={offered} onChange={setOffered}>
              {t('form.offered')}
            </Checkbox>
            <p className="mt-1 pl-7 text-caption text-ink-faint">{t('form.offeredHint')}</p>
          </div>
        )}
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
            {group ? t('save') : t('create')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
