'use client';

import { Toast } from '@base-ui/react/toast';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CrossIcon } from './icons.tsx';

const shownMs = 5_000;
const maxToasts = 3;

/** Holds the messages that answer an action; they are announced politely. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider timeout={shownMs} limit={maxToasts}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-60 mx-auto flex max-w-sm flex-col gap-2 sm:left-auto sm:mx-0 sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const t = useTranslations('common');
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex items-start justify-between gap-3 rounded-panel border border-rule-strong bg-sheet py-2.5 pr-2 pl-4 text-small transition-opacity data-[ending-style]:opacity-0 data-[limited]:hidden data-[starting-style]:opacity-0"
    >
      <Toast.Content className="grow py-1">
        <Toast.Title className={toast.type === 'error' ? 'font-medium text-bad' : 'font-medium'} />
        <Toast.Description className="text-ink-soft" />
      </Toast.Content>
      <Toast.Close aria-label={t('close')} className="rounded-control p-2 text-ink-faint hover:bg-sunken">
        <CrossIcon />
      </Toast.Close>
    </Toast.Root>
  ));
}

/** @returns how to show a message */
export function useToast(): (message: { title: string; description?: string; type?: 'error' }) => void {
  const manager = Toast.useToastManager();
  return (message) => void manager.add(message);
}
