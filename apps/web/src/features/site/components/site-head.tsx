import type { ReactNode } from 'react';

export interface SiteHeadProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** The head of a public page. */
export function SiteHead({ title, lead, children }: SiteHeadProps) {
  return (
    <header className="pt-12 pb-8 sm:pt-16">
      <h1 className="text-headline font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
      {lead && <p className="mt-3 max-w-2xl text-lead text-ink-soft">{lead}</p>}
      {children}
    </header>
  );
}
