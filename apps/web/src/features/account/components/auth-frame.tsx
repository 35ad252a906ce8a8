import type { ReactNode } from 'react';
import { Span } from '#ui/span.tsx';

export interface AuthFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  /** The way to the other form. */
  readonly footer: ReactNode;
}

export function AuthFrame({ title, lead, children, footer }: AuthFrameProps) {
  return (
    <div className="mx-auto w-full max-w-sm py-12 sm:py-20">
      <Span className="mb-8 w-40 text-rule-strong" />
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 text-small text-ink-soft">{lead}</p>
      <div className="mt-8">{children}</div>
      <p className="mt-6 border-t border-rule pt-4 text-small text-ink-soft">{footer}</p>
    </div>
  );
}
