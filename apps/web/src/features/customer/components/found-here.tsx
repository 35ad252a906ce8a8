'use client';

import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import type { Found, FoundKind } from '../found.ts';

/** Where things have a page of their own. */
const pages: Partial<Record<FoundKind, string>> = {
  order: '/admin/orders',
  refund: '/admin/refunds',
  request: '/admin/requests',
};

/** What the search found at this customer, and the way to it. */
export function FoundHere({ found: { kind, id } }: { readonly found: Found }) {
  const t = useTranslations('customers.found');
  const page = pages[kind];
  const text = <code className="font-mono wrap-anywhere">{id}</code>;
  return (
    <p className="mb-6 border-l-2 border-rule-strong py-1 pl-4 text-small">
      {t('here', { kind: t(`kind.${kind}`) })}{' '}
      {page ? (
        <Link href={`${page}/${id}`} className={`${linkClass} inline-flex min-h-6 items-center`}>
          {text}
        </Link>
      ) : (
        text
      )}
    </p>
  );
}
