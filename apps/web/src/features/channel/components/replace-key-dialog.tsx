'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { Channel } from '../channel-filter.ts';
import { siblingsOf } from '../siblings.ts';
import { SecretInput } from './secret-input.tsx';
import { useFieldError } from './use-field-error.ts';

export interface ReplaceKeyDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** A new key for a channel, and for those that were made with it. */
export function ReplaceKeyDialog({ channel, onClose }: ReplaceKeyDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const toast = useToast();
  const [credential, setCredential] = useState('');
  const [alsoSiblings, setAlsoSiblings] = useState(true);
  const utils = api.useUtils();
  const siblings = siblingsOf(channel, utils.channel.list.getData() ?? []);
  const replace = api.channel.replaceCredential.useMutation({
    async onSuccess() {
      toast({ title: t('keyReplaced') });
      onClose();
      await utils.channel.list.invalidate();
    },
  });
  const fieldError = useFieldError(replace.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    const channelIds = [channel, ...(alsoSiblings ? siblings : [])].map(({ id }) => id);
    replace.mutate({ channelIds, credential });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('key.title', { name: channel.name })}
      description={t('key.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.credential')} hint={t('field.credentialHint')} error={fieldError('credential')}>
          <SecretInput value={credential} onChange={(event) => setCredential(event.target.value)} required />
        </Field>
        {siblings.length > 0 && (
          <Checkbox checked={alsoSiblings} onChange={setAlsoSiblings}>
            {t('key.also', { name: siblings.map(({ name }) => name).join(', ') })}
          </Checkbox>
        )}
        {replace.error && <ErrorState {...failure(replace.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={replace.isPending}>
            {t('key.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
