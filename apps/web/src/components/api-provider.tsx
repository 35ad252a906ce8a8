'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink, TRPCClientError } from '@trpc/client';
import { useLocale } from 'next-intl';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import { getPathname } from '#i18n/navigation.ts';
import type { Locale } from '#i18n/routing.ts';
import { api } from './api.ts';

/** The server refuses larger batches. */
const maxBatchSize = 10;
/** Longer addresses trouble proxies; the batch is split before. */
const maxUrlLength = 2_000;
const staleMs = 5_000;
const maxRetries = 2;

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const locale = useLocale();
  const [queryClient] = useState(() => {
    const onError = (error: unknown) => leaveWhenSignedOut(error, locale);
    return new QueryClient({
      defaultOptions: { queries: { staleTime: staleMs, retry: isWorthRetrying } },
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
    });
  });
  const [client] = useState(() =>
    api.createClient({
      links: [
        httpBatchLink({ url: '/api/trpc', transformer: superjson, maxItems: maxBatchSize, maxURLLength: maxUrlLength }),
      ],
    }),
  );
  return (
    <api.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </api.Provider>
  );
}

/** A refusal stays one; only what never got an answer, or a failing server, is asked again. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof TRPCClientError ? (error.data?.httpStatus as number | undefined) : undefined;
  return failures < maxRetries && (status === undefined || status >= 500);
}

/** A sign-in that ended elsewhere leads to the sign-in page, and from there back here. */
function leaveWhenSignedOut(error: unknown, locale: Locale): void {
  if (!(error instanceof TRPCClientError) || error.data?.reason !== 'unauthenticated') return;
  const next = `${window.location.pathname}${window.location.search}`;
  window.location.assign(getPathname({ href: { pathname: '/sign-in', query: { next } }, locale }));
}
