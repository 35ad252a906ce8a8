'use client';

import { Tabs } from '@base-ui/react/tabs';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type TabChoices, tabsCookie, tabsCookieMaxAgeSeconds, writeTabChoices } from '../tab-choices.ts';

interface TabMemory {
  readonly choices: TabChoices;
  choose(group: string, tab: string): void;
}

const Memory = createContext<TabMemory>({ choices: {}, choose: () => {} });

/** Keeps which tab was chosen in each group, for all of them on a page and for the next pages. */
export function TabMemoryProvider({
  initial,
  children,
}: {
  readonly initial: TabChoices;
  readonly children: ReactNode;
}) {
  const [choices, setChoices] = useState(initial);
  const memory = useMemo(() => {
    const choose = (group: string, tab: string) => {
      const next = { ...choices, [group]: tab };
      setChoices(next);
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
      document.cookie = `${tabsCookie}=${encodeURIComponent(writeTabChoices(next))}; path=/; max-age=${tabsCookieMaxAgeSeconds}; samesite=lax`;
    };
    return { choices, choose };
  }, [choices]);
  return <Memory value={memory}>{children}</Memory>;
}

export interface CodeTabsProps {
  /** Tabs of one group follow each other; without one, these stand alone. */
  readonly groupId?: string | undefined;
  /** The names of the tabs. */
  readonly tabs: readonly string[];
  readonly label: string;
  readonly children: ReactNode;
}

/** Variants of an example, one in sight. Children are a `CodeTab` each. */
export function CodeTabs({ groupId, tabs, label, children }: CodeTabsProps) {
  const { choices, choose } = useContext(Memory);
  const [own, setOwn] = useState(tabs[0] ?? '');
  const remembered = groupId === undefined ? undefined : choices[groupId];
  const value = remembered !== undefined && tabs.includes(remembered) ? remembered : own;

  function change(next: string) {
    setOwn(next);
    if (groupId !== undefined) choose(groupId, next);
  }

  return (
    <Tabs.Root value={value} onValueChange={(next) => change(String(next))} className="min-w-0">
      <Tabs.List aria-label={label} className="mb-3 flex overflow-x-auto border-b border-rule">
        {tabs.map((tab) => (
          <Tabs.Tab
            key={tab}
            value={tab}
            className="-mb-px whitespace-nowrap border-b-2 border-transparent px-3 py-2 text-small text-ink-soft hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink -outline-offset-2 max-sm:min-h-11"
          >
            {tab}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {children}
    </Tabs.Root>
  );
}

export function CodeTab({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Tabs.Panel value={value} className="flex flex-col gap-4">
      {children}
    </Tabs.Panel>
  );
}
