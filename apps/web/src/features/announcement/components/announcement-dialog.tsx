'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type ApiOutput, api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { BothLanguagesFields } from '#components/both-languages-fields.tsx';
import { localInputText, readMoment } from '#components/local-input.ts';
import { useFailure } from '#components/use-failure.ts';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { audiences, importances, maxBodyCharacters, maxTitleCharacters } from '../announcement.ts';

export type DeskAnnouncement = ApiOutput['announcement']['list'][number];

const bodyRows = 8;
const empty = {
  ...{ title: { zh: '', en: '' }, body: { zh: '', en: '' }, isPinned: false },
  ...{ audience: audiences[0], importance: importances[0], activeFrom: null, activeUntil: null },
} satisfies Partial<DeskAnnouncement>;

export interface AnnouncementDialogProps {
  /** Undefined: a new draft. */
  readonly announcement: DeskAnnouncement | undefined;
  readonly onClose: () => void;
}

/** Writes an announcement, beside how it will look. */
export function AnnouncementDialog({ announcement, onClose }: AnnouncementDialogProps) {
  const t = useTranslations('announcementDesk');
  const locale = useLocale();
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const { title, body, audience, importance, isPinned, activeFrom, activeUntil } = announcement ?? empty;
  const [form, setForm] = useState<Pick<DeskAnnouncement, 'title' | 'body' | 'audience' | 'importance' | 'isPinned'>>({
    ...{ title, body, audience, importance, isPinned },
  });
  const [from, setFrom] = useState(localInputText(activeFrom));
  const [until, setUntil] = useState(localInputText(activeUntil));
  async function onSuccess() {
    await utils.announcement.list.invalidate();
    toast({ title: t('saved') });
    onClose();
  }
  const create = api.announcement.create.useMutation({ onSuccess });
  const update = api.announcement.update.useMutation({ onSuccess });
  const error = create.error ?? update.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (create.isPending || update.isPending) return;
    const content = { ...form, activeFrom: readMoment(from) ?? null, activeUntil: readMoment(until) ?? null };
    if (announcement) update.mutate({ id: announcement.id, content });
    else create.mutate(content);
  }

  return (
    <Dialog
      open
      dismissible={false}
      onOpenChange={(open) => !open && onClose()}
      title={announcement ? t('edit') : t('add')}
      description={t('form.lead')}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <BothLanguagesFields
          label={t('form.title')}
          value={form.title}
          maxLength={maxTitleCharacters}
          onChange={(next) => setForm({ ...form, title: next })}
        />
        <BothLanguagesFields
          label={t('form.body')}
          value={form.body}
          maxLength={maxBodyCharacters}
          rows={bodyRows}
          onChange={(next) => setForm({ ...form, body: next })}
        />
        <Disclosure label={t('form.preview')}>
          <h3 className="text-lead font-semibold">{textIn(locale, form.title)}</h3>
          <RichText text={textIn(locale, form.body)} below={2} />
        </Disclosure>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.audience')}>
            <Select
              value={form.audience}
              onChange={(event) =>
                setForm({ ...form, audience: audiences.find((one) => one === event.target.value) ?? 'staff' })
              }
            >
              {audiences.map((one) => (
                <option key={one} value={one}>
                  {t(`audience.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('form.importance')}>
            <Select
              value={form.importance}
              onChange={(event) =>
                setForm({ ...form, importance: importances.find((one) => one === event.target.value) ?? 'notice' })
              }
            >
              {importances.map((one) => (
                <option key={one} value={one}>
                  {t(`importance.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('form.from')} hint={t('form.fromHint')}>
            <TextInput type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
          </Field>
          <Field label={t('form.until')} hint={t('form.untilHint')}>
            <TextInput type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
          </Field>
        </div>
        <Checkbox checked={form.isPinned} onChange={(pinned) => setForm({ ...form, isPinned: pinned })}>
          {t('form.pinned')}
        </Checkbox>
        {error && <ErrorState {...failure(error)} />}
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
            {announcement ? t('save') : t('saveDraft')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
