'use client';

import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Tabs with arrow keys; the list scrolls inside itself when it is wider than the screen. */
export function Tabs({ label, items }: { readonly label: string; readonly items: readonly TabItem[] }) {
  return (
    <BaseTabs.Root defaultValue={items[0]?.id} className="min-w-0">
      <BaseTabs.List aria-label={label} className="flex overflow-x-auto border-b border-rule">
        {items.map((item) => (
          <BaseTabs.Tab
            key={item.id}
            value={item.id}
            className="-mb-px whitespace-nowrap border-b-2 border-transparent px-3 py-2 text-small text-ink-soft hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink -outline-offset-2 max-sm:min-h-11"
          >
            {item.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {items.map((item) => (
        <BaseTabs.Panel key={item.id} value={item.id} className="pt-4">
          {item.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
