'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { channelCount, formOf, type NewChannelForm, newChannelInput, withPreset } from '../new-channel-form.ts';
import type { Choices } from '../test-model.ts';
import { EndpointFields } from './endpoint-fields.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { SecretInput } from './secret-input.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { useFieldError } from './use-field-error.ts';

const maxNameLength = 64;

export interface AddChannelFormProps {
  readonly choices: Choices;
  readonly onCancel: () => void;
  /** Told of the first channel made; absent: its own page is gone to, which tests it. */
  readonly onMade?: ((channelId: string) => void) | undefined;
}

/** A provider and a key; the rest is folded away. */
export function AddChannelForm({ choices, onCancel, onMade }: AddChannelFormProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const router = useRouter();
  const [form, setForm] = useState<NewChannelForm>(() => formOf(choices.presets[0] as Choices['presets'][number]));
  const change = (part: Partial<NewChannelForm>) => setForm({ ...form, ...part });
  const utils = api.useUtils();
  const create = api.channel.create.useMutation({
    async onSuccess([made]) {
      await utils.channel.list.invalidate();
      if (made && onMade) onMade(made.id);
      else if (made) router.push({ pathname: `/admin/channels/${made.id}`, query: { test: '1' } });
    },
  });
  const error = useFieldError(create.error);
  const count = channelCount(form);
  const isCustom = form.endpoints.some(({ known }) => known === undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(newChannelInput(form));
  }

  const addresses = (
    <>
      <EndpointFields endpoints={form.endpoints} onChange={(endpoints) => change({ endpoints })} error={error} />
      <Checkbox checked={form.allowPrivate} onChange={(allowPrivate) => change({ allowPrivate })}>
        {t('field.allowPrivate')}
      </Checkbox>
    </>
  );
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PresetPicker
        presets={choices.presets}
        chosen={form.preset}
        onChange={(preset) => setForm(withPreset(form, preset))}
      />
      <Field label={t('field.credential')} hint={t('field.credentialHint')} error={error('credential')}>
        <SecretInput
          value={form.credential}
          onChange={(event) => change({ credential: event.target.value })}
          required={!isCustom}
        />
      </Field>
      {isCustom && addresses}
      {count > 1 && <p className="text-caption text-ink-faint">{t('form.both', { count })}</p>}
      <Disclosure label={t('advanced')} open={create.error?.data?.field !== undefined}>
        <Field label={t('field.name')} hint={t('field.nameHint')} error={error('name')}>
          <TextInput
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
            maxLength={maxNameLength}
            placeholder={form.preset}
            autoComplete="off"
          />
        </Field>
        {!isCustom && addresses}
        <SettingsFields form={form} choices={choices} onChange={change} error={error} />
      </Disclosure>
      {create.error && <ErrorState {...failure(create.error)} />}
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>
          {t('form.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}
