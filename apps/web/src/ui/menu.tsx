'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';

const itemClass =
  'flex w-full cursor-default items-center gap-2.5 rounded-control px-2.5 py-2 text-left text-small outline-none ' +
  'data-[highlighted]:bg-sunken max-sm:min-h-11';

export interface MenuProps {
  /** Carries its own accessible name. */
  readonly trigger: ReactElement;
  /** For a menu that was loaded because its button was pressed. */
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** A menu on a button. */
export function Menu({ trigger, isOpenAtFirst = false, children }: MenuProps) {
  return (
    <BaseMenu.Root defaultOpen={isOpenAtFirst}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align="end" sideOffset={6} className="z-50">
          <BaseMenu.Popup className="min-w-48 rounded-panel border border-rule-strong bg-sheet p-1 transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect?: () => void;
  readonly danger?: boolean;
  /** A link instead of a button. */
  readonly render?: ReactElement;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, danger, render, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      className={classNames(itemClass, danger && 'text-bad')}
      {...(onSelect && { onClick: onSelect })}
      {...(render && { render })}
    >
      {children}
    </BaseMenu.Item>
  );
}

export interface MenuChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { value: string; label: ReactNode; icon?: ReactNode }[];
}

/** One choice of several, marked with a tick. */
export function MenuChoice({ label, value, onChange, options }: MenuChoiceProps) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={itemClass} closeOnClick>
          {option.icon}
          <span className="grow">{option.label}</span>
          <BaseMenu.RadioItemIndicator className="font-mono text-accent">✓</BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

/** What stands above items and can't be chosen: who is signed in. */
export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <div className="border-b border-rule px-2.5 pt-1.5 pb-2 mb-1 text-small">{children}</div>;
}
