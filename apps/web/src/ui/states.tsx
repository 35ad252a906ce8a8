'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { WarningIcon } from './icons.tsx';
import { Span } from './span.tsx';

/** Holds a place while data is on its way; give it the size of what will stand there. */
export function Skeleton({ className }: { readonly className: string }) {
  return <span aria-hidden="true" className={classNames('skeleton block', className)} />;
}

/** Several lines of the same height, for tables. */
export function SkeletonRows({ rows, className = 'h-9' }: { readonly rows: number; readonly className?: string }) {
  return (
    <div className="flex flex-col gap-px py-1">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
        <Skeleton key={row} className={classNames('w-full rounded-none', className)} />
      ))}
    </div>
  );
}

export interface EmptyStateProps {
  readonly title: string;
  /** What happens next, and how. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center">
      <Span className="mb-5 w-44 text-rule-strong" />
      <p className="font-medium">{title}</p>
      <p className="mt-1 max-w-md text-small text-ink-soft">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** What could not be shown and why. */
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
}

export function ErrorState({ message, requestId, onRetry }: ErrorStateProps) {
  const t = useTranslations('common');
  return (
    <div role="alert" className="flex flex-col items-start gap-3 border-l-2 border-bad py-2 pl-4 text-small">
      <p className="flex items-center gap-2 font-medium">
        <WarningIcon className="text-bad" />
        {message}
      </p>
      {requestId && (
        <p className="text-caption text-ink-faint">
          {t('requestId')} <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  );
}
