'use client';

import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '#server/root.ts';

export interface Failure {
  /** What is wrong and what to do, in the reader's language. */
  readonly message: string;
  readonly requestId: string | undefined;
}

/** @returns how to word an error of the console's API */
export function useFailure(): (error: unknown) => Failure {
  const t = useTranslations('errors');
  return (error) => {
    if (!(error instanceof TRPCClientError)) return { message: t('internal'), requestId: undefined };
    const { data } = error as TRPCClientError<AppRouter>;
    // Without data the answer never came from the console: offline, or it is restarting.
    return { message: data ? t(data.reason) : t('unreachable'), requestId: data?.requestId };
  };
}
