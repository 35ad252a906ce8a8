'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { BothLanguagesFields } from '#components/both-languages-fields.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import type { DeskReply } from '../desk-reply.ts';
import { unknownPlaceholders } from '../placeholders.ts';
import { maxReplyTextLength, maxReplyTitleLength } from '../reply.ts';

const textRows = 9;
const empty = { title: { zh: '', en: '' }, text: { zh: '', en: '' } };

export interface ReplyDialogProps {
  /** Undefined: a new one. */
  readonly reply: DeskReply | undefined;
  readonly onClose: () => void;
}

/** Writes a reply in both languages. */
export function ReplyDialog({ reply, onClose }: ReplyDialogProps) {
  const t = useTranslations('replies');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const [{ title, text }, setForm] = useState<Pick<DeskReply, 'title' | 'text'>>(reply ?? empty);
  const [wasSent, setSent] = useState(false);
  async function onSuccess() {
    await utils.reply.list.invalidate();
    toast({ title: t('saved') });
    onClose();
  }
  const create = api.reply.create.useMutation({ onSuccess });
  const update = api.reply.update.useMutation({ onSuccess });
  const error = create.error ?? update.error;
  const isBusy = create.isPending || update.isPending;
  const unknown = unknownPlaceholders(`${text.zh}\n${text.en}`);
  const isUntitled = title.zh.trim() === '' && title.en.trim() === '';

  function submit(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (isBusy || unknown.length > 0 || isUntitled) return;
    if (reply) update.mutate({ id: reply.id, updatedAt: reply.updatedAt, content: { title, text } });
    else create.mutate({ title, text });
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={reply ? t('form.editTitle') : t('form.addTitle')}
      description={t('form.lead')}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <BothLanguagesFields
          label={t('form.title')}
          value={title}
          maxLength={maxReplyTitleLength}
          onChange={(next) => setForm({ title: next, text })}
        />
        {wasSent && isUntitled && <Wrong>{t('form.titleMissing')}</Wrong>}
        <BothLanguagesFields
          label={t('form.text')}
          value={text}
          maxLength={maxReplyTextLength}
          rows={textRows}
          onChange={(next) => setForm({ title, text: next })}
        />
        {unknown.length > 0 && <Unknown words={unknown} />}
        <p className="text-caption text-ink-faint">{t('form.placeholders')}</p>
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={isBusy}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function Unknown({ words }: { readonly words: readonly string[] }) {
  const t = useTranslations('replies.form');
  const list = new Intl.ListFormat(useLocale(), { type: 'disjunction' });
  return <Wrong>{t('unknown', { words: list.format(words) })}</Wrong>;
}

function Wrong({ children }: { readonly children: string }) {
  return (
    <p role="alert" className="text-caption text-bad">
      {children}
    </p>
  );
}
