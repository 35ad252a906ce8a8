'use client';

import { TRPCClientError } from '@trpc/client';
import { useLocale, useTranslations } from 'next-intl';
import type { MaintenanceNotice } from '#features/maintenance/maintenance.ts';
import type { AppRouter } from '#server/root.ts';
import { textIn } from './both-languages.ts';

export interface Failure {
  /** What is wrong and what to do, in the reader's language. */
  readonly message: string;
  readonly requestId: string | undefined;
}

/** @returns how to word an error of the console's API */
export function useFailure(): (error: unknown) => Failure {
  const t = useTranslations('errors');
  const locale = useLocale();
  const held = ({ text, until }: MaintenanceNotice) => {
    const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
    const end =
      until && t('maintenanceUntil', { until: new Intl.DateTimeFormat(locale, style).format(new Date(until)) });
    return [t('maintenance'), end, textIn(locale, text)].filter(Boolean).join(' ');
  };
  return (error) => {
    if (!(error instanceof TRPCClientError)) return { message: t('internal'), requestId: undefined };
    const { data } = error as TRPCClientError<AppRouter>;
    if (data?.maintenance) return { message: held(data.maintenance), requestId: data.requestId };
    // Without data the answer never came from the console: offline, or it is restarting.
    return { message: data ? t(data.reason) : t('unreachable'), requestId: data?.requestId };
  };
}
