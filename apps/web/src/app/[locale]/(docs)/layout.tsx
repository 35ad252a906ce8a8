import type { ReactNode } from 'react';
import { ClientMessages, frameParts } from '#i18n/client-messages.tsx';
import SiteLayout from '../(site)/layout.tsx';

/** The site's frame around the docs, with their own text. */
export default function DocsLayout({ children }: { readonly children: ReactNode }) {
  return (
    <SiteLayout>
      <ClientMessages parts={[...frameParts, 'docs']}>{children}</ClientMessages>
    </SiteLayout>
  );
}
