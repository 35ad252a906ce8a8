import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'border-rule-strong bg-sheet text-ink hover:bg-sunken',
  quiet: 'border-transparent text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-on-bad hover:bg-bad-strong border-transparent',
} as const;

export type ButtonLook = keyof typeof looks;

/** The classes of a button, for the links that look like one. */
export function buttonClass(look: ButtonLook = 'plain', size: 'normal' | 'icon' = 'normal'): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-control border text-small font-medium',
    'transition-colors disabled:opacity-55 aria-disabled:opacity-55 max-sm:min-h-11',
    size === 'icon' ? 'size-9 max-sm:min-w-11' : 'min-h-9 px-3.5',
    looks[look],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook | undefined;
  readonly size?: 'normal' | 'icon' | undefined;
  /** Work is under way: the label stays, a second press does nothing. */
  readonly busy?: boolean | undefined;
  readonly children: ReactNode;
}

export function Button({ look, size, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classNames(buttonClass(look, size), className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <svg className="size-3.5 animate-spin" viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path d="M14 8a6 6 0 1 1-3-5.2" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
