'use client';

import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { value: Value; label: ReactNode }[];
}

/** A choice of a few, all in sight. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        // Pressing the chosen one again keeps it.
        const chosen = options.find((option) => option.value === next[0]);
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex max-w-full overflow-x-auto rounded-control border border-rule-strong"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="min-h-9 shrink-0 whitespace-nowrap border-l border-rule-strong px-3 text-small text-ink-soft -outline-offset-2 first:border-l-0 hover:bg-sunken data-[pressed]:bg-ink data-[pressed]:text-paper max-sm:min-h-11"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
