import type { ReactNode } from 'react';
import { ClientMessages } from '#i18n/client-messages.tsx';
import { ToastProvider } from '#ui/toast.tsx';
import { ApiProvider } from './api-provider.tsx';

/** What pages that are worked with need in the browser and pages that are read do not: all text, the API, messages that pop up. */
export function ConsoleProviders({ children }: { readonly children: ReactNode }) {
  return (
    <ClientMessages>
      <ApiProvider>
        <ToastProvider>{children}</ToastProvider>
      </ApiProvider>
    </ClientMessages>
  );
}
