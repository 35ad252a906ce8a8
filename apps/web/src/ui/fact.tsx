import type { ReactNode } from 'react';

export interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** One thing that is known of a record, a line under a rule. For use inside a `dl`. */
export function Fact({ label, children }: FactProps) {
  return (
    <div className="flex min-h-9 items-center gap-x-4 border-b border-rule py-1">
      <dt className="w-28 shrink-0 text-ink-faint">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
