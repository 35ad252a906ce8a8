'use client';

import type { OwnKeyPreset } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { providers } from '../providers.ts';
import { ExclusiveField, NameField } from './own-key-fields.tsx';
import type { OwnKey } from './own-key-table.tsx';

export interface AddOwnKeyDialogProps {
  readonly onClose: () => void;
  readonly onAdded: (key: OwnKey) => void;
}

/** A key is pasted once and never shown again. */
export function AddOwnKeyDialog({ onClose, onAdded }: AddOwnKeyDialogProps) {
  const t = useTranslations('ownKeys');
  const failure = useFailure();
  const [preset, setPreset] = useState<OwnKeyPreset>('anthropic');
  const [credential, setCredential] = useState('');
  const [typedName, setTypedName] = useState<string>();
  const [isExclusive, setIsExclusive] = useState(false);
  const utils = api.useUtils();
  const add = api.ownKey.add.useMutation({
    onSuccess(key) {
      void utils.ownKey.list.invalidate();
      onAdded(key);
    },
  });
  const provider = providers[preset];
  const name = typedName ?? provider.label;
  const isCredentialWrong = add.error?.data?.field === 'credential';

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate({ preset, credential, name, isExclusive });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('form.title')}
      description={t('form.lead')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.provider')}>
          <Select value={preset} onChange={(event) => setPreset(event.target.value as OwnKeyPreset)}>
            {Object.entries(providers).map(([id, { label }]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={t('field.credential')}
          hint={t('field.credentialHint', { host: provider.host })}
          error={isCredentialWrong && add.error ? failure(add.error).message : undefined}
        >
          <TextInput
            type="password"
            value={credential}
            onChange={(event) => setCredential(event.target.value)}
            required
            placeholder={provider.example}
            autoComplete="new-password"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <NameField name={name} onChange={setTypedName} />
        <ExclusiveField isExclusive={isExclusive} onChange={setIsExclusive} />
        {add.error && !isCredentialWrong && <ErrorState {...failure(add.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={add.isPending}>
            {t('form.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
