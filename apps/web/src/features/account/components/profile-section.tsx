'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { useToast } from '#ui/toast.tsx';
import type { MeProps } from './me.ts';

const maxNameLength = 64;

/** How one is called, and in which language one is written to. */
export function ProfileSection({ me }: MeProps) {
  const t = useTranslations('settings');
  const failure = useFailure();
  const toast = useToast();
  const router = useRouter();
  const pageLocale = useLocale();
  const utils = api.useUtils();
  const [name, setName] = useState(me.name);
  const [locale, setLocale] = useState(me.locale === 'zh' || me.locale === 'en' ? me.locale : pageLocale);
  const update = api.account.updateProfile.useMutation({
    async onSuccess() {
      toast({ title: t('saved') });
      await utils.account.me.invalidate();
      // The frame around this page shows the name too.
      router.refresh();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ name, locale });
  }

  return (
    <Section title={t('profile.title')}>
      <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
        <Field label={t('profile.name')} error={update.error ? failure(update.error).message : undefined}>
          <TextInput
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="name"
            required
            maxLength={maxNameLength}
          />
        </Field>
        <Field label={t('profile.language')}>
          <Select value={locale} onChange={(event) => setLocale(event.target.value === 'en' ? 'en' : 'zh')}>
            <option value="zh">{t('profile.zh')}</option>
            <option value="en">{t('profile.en')}</option>
          </Select>
        </Field>
        <Button type="submit" busy={update.isPending} className="self-start">
          {t('save')}
        </Button>
      </form>
    </Section>
  );
}
