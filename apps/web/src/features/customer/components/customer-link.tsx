'use client';

import type { ReactNode } from 'react';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { customerHref } from '../found.ts';

export interface CustomerLinkProps {
  readonly organization: { readonly id: string };
  readonly children: ReactNode;
}

/** Leads to a customer's page, for who may open it. */
export function CustomerLink({ organization, children }: CustomerLinkProps) {
  const isOpen = useMay('organization.read');
  if (!isOpen) return children;
  return (
    <Link href={customerHref(organization.id)} className={linkClass}>
      {children}
    </Link>
  );
}
