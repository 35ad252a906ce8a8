'use client';

import { createContext, type KeyboardEvent, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import { classNames } from '#ui/class-names.ts';
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

const Chosen = createContext<{ readonly id: string; readonly tabs: readonly string[]; readonly value: string }>({
  id: '',
  tabs: [],
  value: '',
});

/**
 * Variants of an example, one in sight; arrows walk them. Children are a `CodeTab` each. Not the console's tabs: those bring a library along,
 * and the docs are read on slow lines too.
 */
export function CodeTabs({ groupId, tabs, label, children }: CodeTabsProps) {
  const id = useId();
  const { choices, choose } = useContext(Memory);
  const [own, setOwn] = useState(tabs[0] ?? '');
  const remembered = groupId === undefined ? undefined : choices[groupId];
  const value = remembered !== undefined && tabs.includes(remembered) ? remembered : own;
  const chosen = useMemo(() => ({ id, tabs, value }), [id, tabs, value]);

  function change(next: string) {
    setOwn(next);
    if (groupId !== undefined) choose(groupId, next);
  }

  function walk(event: KeyboardEvent<HTMLDivElement>) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = (tabs.indexOf(value) + step + tabs.length) % tabs.length;
    change(tabs[at] ?? value);
    const buttons = event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=tab]');
    buttons[at]?.focus();
  }

  return (
    <div className="min-w-0">
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={walk}
        className="mb-3 flex overflow-x-auto border-b border-rule"
      >
        {tabs.map((tab, at) => (
          <button
            key={tab}
            id={`${id}-tab-${at}`}
            type="button"
            role="tab"
            aria-selected={tab === value}
            aria-controls={tab === value ? `${id}-panel` : undefined}
            tabIndex={tab === value ? 0 : -1}
            onClick={() => change(tab)}
            className={classNames(
              '-mb-px whitespace-nowrap border-b-2 px-3 py-2 text-small hover:text-ink -outline-offset-2 max-sm:min-h-11',
              tab === value ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-soft',
            )}
          >
            {tab}
          </button>
        ))}
      </div>
      <Chosen value={chosen}>{children}</Chosen>
    </div>
  );
}

export function CodeTab({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  const chosen = useContext(Chosen);
  if (value !== chosen.value) return null;
  const tab = `${chosen.id}-tab-${chosen.tabs.indexOf(value)}`;
  return (
    <div id={`${chosen.id}-panel`} role="tabpanel" aria-labelledby={tab} className="flex flex-col gap-4">
      {children}
    </div>
  );
}
