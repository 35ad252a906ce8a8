'use client';

import { type ReactNode, useEffect } from 'react';

export interface DecisionPlaceProps {
  readonly id: string;
  readonly children: ReactNode;
}

/** Where a record is decided, or says how it was. An address that names it leads into its first field. */
export function DecisionPlace({ id, children }: DecisionPlaceProps) {
  useEffect(() => {
    if (window.location.hash === `#${id}`) focusDecision(id);
  }, [id]);
  return (
    <div id={id} tabIndex={-1} className="mt-10 scroll-mt-4 outline-offset-8">
      {children}
    </div>
  );
}

/** Puts the focus into the first field of it that can be filled in, else on the whole. @returns false where it is not there (yet) */
export function focusDecision(id: string): boolean {
  const place = document.getElementById(id);
  const field = place?.querySelector<HTMLElement>('input:not(:disabled, [aria-hidden=true]), textarea:not(:disabled)');
  const target = field ?? place;
  place?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
  return target !== null;
}
