'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { type ReactNode, useEffect, useRef } from 'react';

export interface DialogProps {
  readonly open: boolean;
  /** Called for every way out: escape, a press outside, the caller's own buttons. The caller may stay open. */
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** A press outside closes too; off where something would be lost. */
  readonly dismissible?: boolean;
}

/** A modal dialog: a sheet from below on phones, a panel on larger screens. */
export function Dialog({ open, onOpenChange, title, description, children, dismissible = true }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  // Where a dialog goes on to something else, that begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title says what it is about
  useEffect(() => {
    if (popup.current) popup.current.scrollTop = 0;
  }, [title]);
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={!dismissible}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <BaseDialog.Popup
          ref={popup}
          className="fixed z-50 flex max-h-[92dvh] w-full flex-col overflow-y-auto border border-rule-strong bg-paper p-5 transition-[opacity,translate] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-panel max-sm:data-[ending-style]:translate-y-4 max-sm:data-[starting-style]:translate-y-4 sm:top-1/2 sm:left-1/2 sm:max-w-xl sm:-translate-1/2 sm:rounded-panel sm:p-6"
        >
          <BaseDialog.Title className="text-title font-semibold tracking-tight">{title}</BaseDialog.Title>
          {description && (
            <BaseDialog.Description className="mt-1.5 text-small text-ink-soft">{description}</BaseDialog.Description>
          )}
          <div className="mt-5 min-w-0">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2.5 max-sm:flex-col-reverse">{children}</div>;
}
