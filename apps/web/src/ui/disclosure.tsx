'use client';

import { Collapsible } from '@base-ui/react/collapsible';
import { type ReactNode, useState } from 'react';
import { ChevronIcon } from './icons.tsx';

export interface DisclosureProps {
  readonly label: ReactNode;
  /** Opens it where something inside needs to be seen. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part that is folded away until it is wanted. */
export function Disclosure({ label, open = false, children }: DisclosureProps) {
  const [wanted, setWanted] = useState(false);
  return (
    <Collapsible.Root open={wanted || open} onOpenChange={setWanted} className="border-t border-rule pt-2">
      <Collapsible.Trigger className="group flex min-h-9 items-center gap-2 text-small font-medium max-sm:min-h-11">
        <ChevronIcon className="-rotate-90 transition-transform group-data-[panel-open]:rotate-0" />
        {label}
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <div className="flex flex-col gap-4 pt-2 pb-1">{children}</div>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
