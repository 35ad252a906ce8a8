import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A table in its own scrolling region, so that a narrow screen never scrolls sideways as a whole. */
export function Table({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative min-w-0 overflow-x-auto">
      <table className="w-full border-collapse text-small">{children}</table>
    </section>
  );
}

interface CellProps extends ComponentProps<'td'> {
  /** Numbers stand right, in tabular figures. */
  readonly numeric?: boolean;
}

export function HeaderCell({ numeric, className, ...rest }: CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        'h-9 whitespace-nowrap border-b border-rule-strong px-2.5 text-caption font-medium text-ink-faint first:pl-0 last:pr-0',
        numeric ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

export function Cell({ numeric, className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={classNames(
        'h-9 whitespace-nowrap border-b border-rule px-2.5 first:pl-0 last:pr-0',
        numeric && 'text-right font-mono tabular-nums',
        className,
      )}
    />
  );
}
