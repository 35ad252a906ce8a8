'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { maxSearchLength, withoutSecret } from '../search-kind.ts';

/** What is looked for, in the address. */
export function SearchForm({ text }: { readonly text: string }) {
  const t = useTranslations('customers.search');
  const router = useRouter();
  const [typed, setTyped] = useState(text);

  function find(event: FormEvent) {
    event.preventDefault();
    const wanted = withoutSecret(typed);
    router.push({ pathname: '/admin/search', ...(wanted && { query: { q: wanted } }) });
  }

  return (
    <search className="mb-8 block">
      <form onSubmit={find} className="flex max-w-2xl items-end gap-2.5">
        <Field label={t('label')} className="min-w-0 grow">
          <TextInput
            type="search"
            value={typed}
            onValueChange={setTyped}
            placeholder={t('placeholder')}
            maxLength={maxSearchLength}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Button type="submit">{t('submit')}</Button>
      </form>
    </search>
  );
}
