'use client';

import type { TRPCClientErrorLike } from '@trpc/client';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '#server/root.ts';

/** Fields that the server may find fault with, as the messages name them. */
const fields = [
  'name',
  'credential',
  'baseUrl',
  'protocols',
  'models',
  'priority',
  'weight',
  'costBasisPoints',
  'groups',
  'egressPool',
  'provider',
  'timeouts',
  'limits',
] as const;
export type FieldName = (typeof fields)[number];

/** @returns what is wrong with a field, in the reader's language; undefined where the error is about another one */
export function useFieldError(error: TRPCClientErrorLike<AppRouter> | null): (field: FieldName) => string | undefined {
  const t = useTranslations('channels.invalid');
  // endpoints.0.baseUrl, timeouts.idleMs: the last word that is a field.
  const named = error?.data?.field?.split('.') ?? [];
  const wrong = fields.find((field) => named.includes(field));
  return (field) => (field === wrong ? t(field) : undefined);
}
