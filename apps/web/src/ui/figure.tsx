import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Skeleton } from './states.tsx';

export interface FigureProps {
  readonly label: ReactNode;
  /** Undefined while it is on its way. */
  readonly value: string | undefined;
  readonly unit?: string | undefined;
  /** The same in another unit, or what it is made of. */
  readonly note?: ReactNode;
  readonly size?: 'large' | 'normal';
}

/** A number as the hero of its place: large and mono, its unit small. For use inside a `dl`. */
export function Figure({ label, value, unit, note, size = 'normal' }: FigureProps) {
  const valueClass = size === 'large' ? 'text-figure' : 'text-title';
  return (
    <div className="min-w-0">
      <dt className="text-small text-ink-soft">{label}</dt>
      <dd className="mt-1">
        {value === undefined ? (
          <Skeleton className={size === 'large' ? 'h-10 w-48' : 'h-7.5 w-28'} />
        ) : (
          <span className="flex flex-wrap items-baseline gap-x-1.5">
            <span className={classNames('min-w-0 break-all font-mono tracking-tight tabular-nums', valueClass)}>
              {value}
            </span>
            {unit && <span className="text-small text-ink-faint">{unit}</span>}
          </span>
        )}
        <span className="mt-0.5 block min-h-5 font-mono text-small text-ink-faint tabular-nums">{note}</span>
      </dd>
    </div>
  );
}
