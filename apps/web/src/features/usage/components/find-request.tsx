'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { readRequestId } from '../request-id.ts';

/**
 * Leads to the page of a request whose id is at hand.
 * @param at the address that requests are found under
 */
export function FindRequest({ at }: { readonly at: '/console/usage' | '/admin/requests' }) {
  const t = useTranslations('request.find');
  const router = useRouter();
  const [pasted, setPasted] = useState('');
  const [refused, setRefused] = useState(false);

  function find(event: FormEvent) {
    event.preventDefault();
    const id = readRequestId(pasted);
    setRefused(id === undefined);
    if (id !== undefined) router.push(`${at}/${id}`);
  }

  return (
    <search className="mb-4 block">
      <form onSubmit={find} className="flex max-w-md items-end gap-2.5">
        <Field label={t('label')} className="grow">
          <TextInput
            value={pasted}
            onValueChange={(value) => setPasted(value)}
            placeholder={t('placeholder')}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button type="submit">{t('submit')}</Button>
      </form>
      {refused && (
        <p role="alert" className="mt-1.5 max-w-md text-caption text-bad">
          {t('invalid')}
        </p>
      )}
    </search>
  );
}
