'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { BothLanguagesFields } from '#components/both-languages-fields.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, Select } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import {
  type IncidentState,
  type IncidentView,
  incidentStates,
  maxTitleCharacters,
  maxUpdateCharacters,
} from '../incident.ts';

const nothing = { zh: '', en: '' };
const textRows = 4;

export interface IncidentDialogProps {
  /** What it goes on with; undefined: a new one. */
  readonly incident: IncidentView | undefined;
  /** What a new one can be about. */
  readonly models: readonly string[];
  readonly providers: readonly string[];
  readonly onClose: () => void;
}

/** Tells of a new incident, or how one goes on. */
export function IncidentDialog({ incident, models, providers, onClose }: IncidentDialogProps) {
  const t = useTranslations('incidentDesk');
  const states = useTranslations('incidents');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [title, setTitle] = useState<IncidentView['title']>(nothing);
  const [text, setText] = useState<IncidentView['title']>(nothing);
  const [state, setState] = useState<IncidentState>(incident?.state ?? 'investigating');
  const [affected, setAffected] = useState({ models: [] as readonly string[], providers: [] as readonly string[] });
  async function onSuccess() {
    await utils.incident.invalidate();
    toast({ title: t('told') });
    onClose();
  }
  const open = api.incident.open.useMutation({ onSuccess });
  const update = api.incident.update.useMutation({ onSuccess });
  const error = open.error ?? update.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (open.isPending || update.isPending) return;
    if (incident) return update.mutate({ id: incident.id, state, text });
    const about = { models: [...affected.models], providers: [...affected.providers] };
    open.mutate({ title, text, state, ...about, startedAt: new Date() });
  }

  const choice = (kind: 'models' | 'providers', all: readonly string[]) => (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium">{t(`form.${kind}`)}</legend>
      <div className="grid max-h-40 gap-x-4 overflow-y-auto sm:grid-cols-2">
        {all.map((name) => (
          <Checkbox
            key={name}
            checked={affected[kind].includes(name)}
            onChange={(isOn) =>
              setAffected({
                ...affected,
                [kind]: isOn ? [...affected[kind], name] : affected[kind].filter((one) => one !== name),
              })
            }
          >
            <span className="font-mono wrap-anywhere">{name}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(isStaying) => !isStaying && onClose()}
      title={incident ? t('update') : t('add')}
      description={incident ? t('form.updateLead') : t('form.lead')}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {!incident && (
          <BothLanguagesFields
            label={t('form.title')}
            value={title}
            maxLength={maxTitleCharacters}
            onChange={setTitle}
          />
        )}
        <Field label={t('form.state')}>
          <Select
            value={state}
            onChange={(event) => setState(incidentStates.find((one) => one === event.target.value) ?? state)}
          >
            {incidentStates.map((one) => (
              <option key={one} value={one}>
                {states(`state.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <BothLanguagesFields
          label={t('form.text')}
          value={text}
          maxLength={maxUpdateCharacters}
          rows={textRows}
          onChange={setText}
        />
        {!incident && choice('providers', providers)}
        {!incident && choice('models', models)}
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={open.isPending || update.isPending}>
            {t('tell')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
