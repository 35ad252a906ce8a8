'use client';

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** How far each key goes; Home and End go to the ends. */
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Tabs with arrow keys; the list scrolls inside itself when it is wider than the screen. */
export function Tabs({ label, items }: { readonly label: string; readonly items: readonly TabItem[] }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(items[0]?.id);

  function onKeyDown(event: KeyboardEvent) {
    const at = items.findIndex((item) => item.id === chosen);
    const step = steps[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : step && at + step;
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + items.length) % items.length;
    setChosen(items[next]?.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }

  return (
    <div className="min-w-0">
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex overflow-x-auto border-b border-rule"
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={`${id}-tab-${item.id}`}
            aria-controls={`${id}-panel-${item.id}`}
            aria-selected={item.id === chosen}
            tabIndex={item.id === chosen ? 0 : -1}
            onClick={() => setChosen(item.id)}
            className={classNames(
              '-mb-px min-h-9 whitespace-nowrap border-b-2 px-3 py-2 text-small -outline-offset-2 max-sm:min-h-11',
              item.id === chosen
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-ink-soft hover:text-ink',
            )}
          >
            {item.label}
          </button>
        ))}
      </div>
      {items.map((item) => (
        <div
          key={item.id}
          role="tabpanel"
          id={`${id}-panel-${item.id}`}
          aria-labelledby={`${id}-tab-${item.id}`}
          hidden={item.id !== chosen}
          className="pt-4"
        >
          {item.content}
        </div>
      ))}
    </div>
  );
}
