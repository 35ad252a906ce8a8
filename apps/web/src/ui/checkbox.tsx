'use client';

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import type { ReactNode } from 'react';
import { CheckIcon } from './icons.tsx';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

export function Checkbox({ checked, onChange, children }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside
    <label className="flex min-h-7 items-center gap-2.5 text-small max-sm:min-h-11">
      <BaseCheckbox.Root
        checked={checked}
        onCheckedChange={onChange}
        className="flex size-4.5 shrink-0 items-center justify-center rounded-[3px] border border-rule-strong bg-sheet data-[checked]:border-ink data-[checked]:bg-ink data-[checked]:text-paper"
      >
        <BaseCheckbox.Indicator>
          <CheckIcon className="size-3" strokeWidth="2.2" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className="min-w-0">{children}</span>
    </label>
  );
}
