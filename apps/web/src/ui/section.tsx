import type { ReactNode } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a rule. */
export function Section({ title, actions, children }: SectionProps) {
  return (
    <section className="mt-10 min-w-0 first:mt-0">
      <div className="mb-4 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-rule pb-2">
        <h2 className="text-lead font-semibold tracking-tight">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

export interface PageHeadProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of a console page. */
export function PageHead({ title, lead, actions }: PageHeadProps) {
  return (
    <header className="mb-8 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-title font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {lead && <p className="mt-1 max-w-2xl text-small text-ink-soft">{lead}</p>}
      </div>
      {actions}
    </header>
  );
}
