'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Field, Select } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import type { ApiKey } from '../api-key.ts';
import type { MadeSecret } from '../made-secret.ts';
import { type Grace, graces } from '../rotation.ts';

export interface RotateKeyFormProps {
  readonly apiKey: ApiKey;
  /** It got out: there is no grace to choose. */
  readonly isLeaked: boolean;
  readonly onRotated: (made: MadeSecret) => void;
  readonly onCancel: () => void;
}

const usualGrace: Grace = 1_440;

/** Asks how long the secret that a key has goes on working beside the new one. */
export function RotateKeyForm({ apiKey, isLeaked, onRotated, onCancel }: RotateKeyFormProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const utils = api.useUtils();
  const [grace, setGrace] = useState<Grace>(isLeaked ? 0 : usualGrace);
  const groups = api.apiKey.groups.useQuery({});
  const rotate = api.apiKey.rotate.useMutation({
    onSuccess: ({ secret }) => {
      void utils.apiKey.list.invalidate();
      const served = groups.data?.find(({ id }) => id === apiKey.group.id)?.models ?? [];
      onRotated({ secret, apiKeyId: apiKey.id, models: apiKey.models.length > 0 ? apiKey.models : served });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    rotate.mutate({ apiKeyId: apiKey.id, graceMinutes: grace });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {isLeaked ? (
        <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-small">
          {(['rotate', 'replace', 'look', 'find', 'tell'] as const).map((step) => (
            <li key={step}>{t(`leak.${step}`)}</li>
          ))}
        </ol>
      ) : (
        <Field label={t('rotate.grace')} hint={t('rotate.graceHint')}>
          <Select value={grace} onChange={(event) => setGrace(readGrace(event.target.value))}>
            {graces.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t(`rotate.after.${minutes}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {rotate.error && <ErrorState {...failure(rotate.error)} />}
      <DialogActions>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" look={grace === 0 ? 'danger' : 'primary'} busy={rotate.isPending}>
          {isLeaked ? t('leak.submit') : t('rotate.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}

function readGrace(text: string): Grace {
  return graces.find((minutes) => String(minutes) === text) ?? usualGrace;
}
