'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';
import { editInput, editOf } from '../edit-channel-form.ts';
import { protocolLabels } from '../protocol-label.ts';
import type { Choices } from '../test-model.ts';
import { SecretInput } from './secret-input.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { useFieldError } from './use-field-error.ts';

const maxNameLength = 64;

export interface EditChannelDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** Changes a channel's settings; its models have a place of their own. */
export function EditChannelDialog({ channel, onClose }: EditChannelDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const choices = api.channel.choices.useQuery();
  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('form.editTitle', { name: channel.name })}
    >
      {choices.isPending && <SkeletonRows rows={6} />}
      {choices.error && <ErrorState {...failure(choices.error)} onRetry={() => choices.refetch()} />}
      {choices.data && <EditForm channel={channel} choices={choices.data} onDone={onClose} />}
    </Dialog>
  );
}

interface EditFormProps {
  readonly channel: Channel;
  readonly choices: Choices;
  readonly onDone: () => void;
}

function EditForm({ channel, choices, onDone }: EditFormProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const toast = useToast();
  const [form, setForm] = useState(() => editOf(channel));
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const utils = api.useUtils();
  const update = api.channel.update.useMutation({
    async onSuccess() {
      await utils.channel.list.invalidate();
      toast({ title: t('saved') });
      onDone();
    },
  });
  const error = useFieldError(update.error);
  const isOwn = channel.origin === 'console';
  const preset = choices.presets.find(({ id }) => id === channel.preset);
  const offered =
    preset?.endpoints.find(({ protocols }) => channel.protocols.every((one) => protocols.includes(one)))?.protocols ??
    channel.protocols;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate(editInput(channel, form));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {isOwn && (
        <>
          <Field label={t('field.name')} error={error('name')}>
            <TextInput
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
              required
              maxLength={maxNameLength}
              autoComplete="off"
            />
          </Field>
          <Field label={t('field.baseUrl')} error={error('baseUrl')}>
            <TextInput
              type="url"
              value={form.baseUrl}
              onChange={(event) => change({ baseUrl: event.target.value })}
              required
              className="font-mono"
              autoComplete="off"
            />
          </Field>
          <Checkbox checked={form.allowPrivate} onChange={(allowPrivate) => change({ allowPrivate })}>
            {t('field.allowPrivate')}
          </Checkbox>
          <Field label={t('field.credential')} hint={t('field.credentialKept')} error={error('credential')}>
            <SecretInput value={form.credential} onChange={(event) => change({ credential: event.target.value })} />
          </Field>
        </>
      )}
      {isOwn && offered.length > 1 && (
        <fieldset>
          <legend className="text-small font-medium">{t('field.protocols')}</legend>
          <div className="flex flex-wrap gap-x-5">
            {offered.map((protocol) => (
              <Checkbox
                key={protocol}
                checked={form.protocols.includes(protocol)}
                onChange={(on) =>
                  change({ protocols: offered.filter((one) => (one === protocol ? on : form.protocols.includes(one))) })
                }
              >
                {protocolLabels[protocol]}
              </Checkbox>
            ))}
          </div>
          {error('protocols') && (
            <p role="alert" className="text-caption text-bad">
              {error('protocols')}
            </p>
          )}
        </fieldset>
      )}
      <SettingsFields form={form} choices={choices} onChange={change} error={error} />
      {update.error && <ErrorState {...failure(update.error)} />}
      <DialogActions>
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={update.isPending}>
          {t('save')}
        </Button>
      </DialogActions>
    </form>
  );
}
