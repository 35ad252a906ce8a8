'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { countText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { DialogActions } from '#ui/dialog.tsx';
import { Field, TextArea, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { maxTextBytes, textBytes } from '../text-size.ts';

const maxBeginningLength = 200;
const rows = 14;

export interface CodexTextFormProps {
  /** Undefined: a new one. */
  readonly beginning: string | undefined;
  readonly text: string;
  readonly onDone: () => void;
}

/** A text and the models that it is for. */
export function CodexTextForm({ beginning: known, text: stored, onDone }: CodexTextFormProps) {
  const t = useTranslations('codexTexts');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [beginning, setBeginning] = useState(known ?? '');
  const [text, setText] = useState(stored);
  const save = api.codexText.set.useMutation({
    async onSuccess() {
      await utils.codexText.invalidate();
      toast({ title: t('saved') });
      onDone();
    },
  });
  const bytes = textBytes(text);
  const tooLong = bytes > maxTextBytes ? t('invalid.text') : undefined;
  const wrong = (field: 'beginning' | 'text') =>
    save.error?.data?.field === field ? t(`invalid.${field}`) : undefined;
  const size = t('form.size', { bytes: countText(bytes, locale), most: countText(maxTextBytes, locale) });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!tooLong) save.mutate({ beginning: beginning.trim(), text });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {known === undefined && (
        <Field label={t('form.beginning')} hint={t('form.beginningHint')} error={wrong('beginning')}>
          <TextInput
            value={beginning}
            onChange={(event) => setBeginning(event.target.value)}
            required
            maxLength={maxBeginningLength}
            placeholder="gpt-5-codex"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
      )}
      <Field label={t('form.text')} hint={size} error={tooLong ?? wrong('text')}>
        <TextArea
          value={text}
          onChange={(event) => setText(event.target.value)}
          required
          rows={rows}
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      {save.error && <ErrorState {...failure(save.error)} />}
      <DialogActions>
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="submit" look="primary" disabled={tooLong !== undefined} busy={save.isPending}>
          {t('save')}
        </Button>
      </DialogActions>
    </form>
  );
}
