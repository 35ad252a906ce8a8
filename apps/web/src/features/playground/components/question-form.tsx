'use client';

import { type Protocol, protocols } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import type { FormEvent, KeyboardEvent } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx';
import { maxTextCharacters, type PlaygroundForm } from '../form.ts';
import type { Question } from '../request.ts';
import { TurnFields } from './turn-fields.tsx';

export interface QuestionFormProps {
  readonly form: PlaygroundForm;
  readonly onChange: (form: PlaygroundForm) => void;
  readonly keys: readonly { readonly id: string; readonly name: string; readonly last4: string }[];
  readonly apiKeyId: string;
  readonly models: readonly { readonly id: string }[];
  readonly modelId: string;
  readonly question: Question | undefined;
  readonly isBusy: boolean;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

/** Key, model, protocol and messages. Ctrl or Cmd with Enter sends, from any field. */
export function QuestionForm(props: QuestionFormProps) {
  const { form, onChange, keys, apiKeyId, models, modelId, question, isBusy, onSend, onStop } = props;
  const t = useTranslations('playground');
  const set = (part: Partial<PlaygroundForm>) => onChange({ ...form, ...part });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy) onSend();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && question && !isBusy) onSend();
  }

  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className="flex min-w-0 flex-col gap-4">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={t('key')}>
          <Select value={apiKeyId} onChange={(event) => set({ apiKeyId: event.target.value })}>
            {keys.map(({ id, name, last4 }) => (
              <option key={id} value={id}>{`${name} …${last4}`}</option>
            ))}
          </Select>
        </Field>
        <Field label={t('model')}>
          <Select value={modelId} onChange={(event) => set({ model: event.target.value })} className="font-mono">
            {models.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </Select>
        </Field>
        <Field label={t('protocol')}>
          <Select
            value={form.protocol ?? ''}
            onChange={(event) => set({ protocol: (event.target.value || undefined) as Protocol | undefined })}
          >
            <option value="">{t('nativeProtocol')}</option>
            {protocols.map((protocol) => (
              <option key={protocol} value={protocol}>
                {t(`protocolName.${protocol}`)}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label={t('temperature')}>
            <TextInput
              inputMode="decimal"
              pattern="[0-2]([.][0-9]{1,2})?"
              placeholder={t('ofModel')}
              value={form.temperature}
              onChange={(event) => set({ temperature: event.target.value })}
              className="font-mono"
            />
          </Field>
          <Field label={t('maxTokens')}>
            <TextInput
              inputMode="numeric"
              pattern="[1-9][0-9]{0,6}"
              required
              value={form.maxTokens}
              onChange={(event) => set({ maxTokens: event.target.value })}
              className="font-mono"
            />
          </Field>
        </div>
      </div>
      <Field label={t('system')}>
        <TextArea
          rows={2}
          maxLength={maxTextCharacters}
          value={form.system}
          onChange={(event) => set({ system: event.target.value })}
        />
      </Field>
      <TurnFields turns={form.turns} onChange={(turns) => set({ turns })} />
      <div className="flex flex-wrap items-center gap-3">
        {isBusy ? (
          <Button onClick={onStop}>{t('stop')}</Button>
        ) : (
          <Button type="submit" look="primary" disabled={!question}>
            {t('send')}
          </Button>
        )}
        <span className="text-caption text-ink-faint">{t('paid')}</span>
      </div>
    </form>
  );
}
