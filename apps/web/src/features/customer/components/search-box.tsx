'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useRouter } from '#i18n/navigation.ts';
import { SearchIcon } from '#ui/icons.tsx';
import { maxSearchLength, withoutSecret } from '../search-kind.ts';

/** In the head of the staff's pages: finds a customer by whatever is at hand. */
export function SearchBox() {
  const t = useTranslations('customers.search');
  const router = useRouter();
  const [typed, setTyped] = useState('');

  function find(event: FormEvent) {
    event.preventDefault();
    const text = withoutSecret(typed);
    if (text === '') return;
    setTyped('');
    router.push({ pathname: '/admin/search', query: { q: text } });
  }

  return (
    <search className="max-lg:hidden">
      <form onSubmit={find} className="relative">
        <SearchIcon className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" />
        <input
          type="text"
          aria-label={t('box')}
          placeholder={t('short')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={maxSearchLength}
          autoComplete="off"
          spellCheck={false}
          className="min-h-9 w-72 rounded-control border border-rule bg-transparent pr-3 pl-9 text-small placeholder:text-ink-faint"
        />
      </form>
    </search>
  );
}
