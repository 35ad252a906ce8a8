'use client';

import { useTranslations } from 'next-intl';
import { useSite } from '../site.tsx';

/** Leads to who helps, where the operator has named somebody. */
export function SupportLink({ className }: { readonly className?: string }) {
  const t = useTranslations('shell');
  const { supportContact } = useSite();
  if (supportContact === '') return null;
  const href = supportContact.startsWith('https://') ? supportContact : `mailto:${supportContact}`;
  return (
    <a href={href} rel="noopener noreferrer" className={className}>
      {t('support')}
    </a>
  );
}
