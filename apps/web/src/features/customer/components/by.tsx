'use client';

import { useTranslations } from 'next-intl';
import type { ShownEntry } from '../shown-entry.ts';

/** Who did it. */
export function By({ person }: { readonly person: ShownEntry['by'] }) {
  const t = useTranslations('customers');
  return <p className="text-caption text-ink-faint">{person ? person.email || person.name : t('system')}</p>;
}
