'use client';

import { type ReactNode, useId, useState } from 'react';
import { classNames } from './class-names.ts';
import { ChevronIcon } from './icons.tsx';

export interface DisclosureProps {
  readonly label: ReactNode;
  /** Opens it where something inside needs to be seen. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part that is folded away until it is wanted. */
export function Disclosure({ label, open = false, children }: DisclosureProps) {
  const id = useId();
  const [wanted, setWanted] = useState(false);
  const isOpen = wanted || open;
  return (
    <div className="border-t border-rule pt-2">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setWanted(!isOpen)}
        className="flex min-h-9 items-center gap-2 text-small font-medium max-sm:min-h-11"
      >
        <ChevronIcon className={classNames('transition-transform', !isOpen && '-rotate-90')} />
        {label}
      </button>
      {isOpen && (
        <div id={id} className="flex flex-col gap-4 pt-2 pb-1">
          {children}
        </div>
      )}
    </div>
  );
}
