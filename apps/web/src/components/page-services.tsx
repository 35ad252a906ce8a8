'use client';

import type { ReactNode } from 'react';
import { ToastProvider } from '#ui/toast.tsx';
import { ApiProvider } from './api-provider.tsx';

/** What pages need that call the API or answer with messages. Pages to be read do without, and stay light. */
export function PageServices({ children }: { readonly children: ReactNode }) {
  return (
    <ApiProvider>
      <ToastProvider>{children}</ToastProvider>
    </ApiProvider>
  );
}
