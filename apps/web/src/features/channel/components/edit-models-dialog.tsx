'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { controlClass } from '#ui/control-class.ts';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { CrossIcon, PlusIcon } from '#ui/icons.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { ErrorState } from '#ui/states.tsx';
import type { Channel } from '../channel-filter.ts';
import { type ModelRow, modelsForm } from '../model-rows.ts';
import { resells } from '../test-model.ts';
import { useSaveModels } from './use-save-models.ts';

export interface EditModelsDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** Everything, or a list by hand: public id and what the upstream calls it. */
export function EditModelsDialog({ channel, onClose }: EditModelsDialogProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const listId = useId();
  const choices = api.channel.choices.useQuery();
  const [form, setForm] = useState(() => modelsForm(channel.models));
  const { save, error, isSaving } = useSaveModels(channel, onClose);
  const setRow = (index: number, part: Partial<ModelRow>) =>
    setForm({ ...form, rows: form.rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });

  function submit(event: FormEvent) {
    event.preventDefault();
    save(form);
  }

  return (
    <Dialog open dismissible={false} onOpenChange={(open) => !open && onClose()} title={t('models.title')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Segmented
          label={t('models.mode')}
          value={form.servesAll ? 'all' : 'chosen'}
          onChange={(mode) => setForm({ ...form, servesAll: mode === 'all' })}
          options={[
            { value: 'all', label: t(resells(channel.preset, choices.data) ? 'models.allOthers' : 'models.all') },
            { value: 'chosen', label: t('models.chosen') },
          ]}
        />
        <datalist id={listId}>
          {choices.data?.models.map(({ id }) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <ul className="flex flex-col gap-2">
          {form.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity while they are typed
            <li key={index} className="grid grid-cols-[1fr_1fr_auto] gap-2">
              <input
                value={row.publicId}
                onChange={(event) => setRow(index, { publicId: event.target.value })}
                list={listId}
                aria-label={t('models.public')}
                placeholder={t('models.public')}
                className={`${controlClass} font-mono`}
              />
              <input
                value={row.upstreamId}
                onChange={(event) => setRow(index, { upstreamId: event.target.value })}
                aria-label={t('models.upstream')}
                placeholder={row.publicId || t('models.upstream')}
                className={`${controlClass} font-mono`}
              />
              <Button
                look="quiet"
                size="icon"
                aria-label={t('models.remove', { id: row.publicId })}
                onClick={() => setForm({ ...form, rows: form.rows.filter((_, at) => at !== index) })}
              >
                <CrossIcon />
              </Button>
            </li>
          ))}
        </ul>
        <div>
          <Button onClick={() => setForm({ ...form, rows: [...form.rows, { publicId: '', upstreamId: '' }] })}>
            <PlusIcon />
            {t('models.addRow')}
          </Button>
        </div>
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={isSaving}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
