'use client';

import { TRPCClientError } from '@trpc/client';
import { useFailure } from '#components/use-failure.ts';
import type { AppRouter } from '#server/root.ts';
import { ErrorState } from '#ui/states.tsx';
import { LookReasonForm } from './look-reason-form.tsx';

export interface LookFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why something of a customer's is not shown: for want of a reason, which can be stated here, or by an error. */
export function LookFailure({ error, onRetry }: LookFailureProps) {
  const failure = useFailure();
  const organizationId = organizationToLookInto(error);
  if (organizationId) return <LookReasonForm organizationId={organizationId} onStated={onRetry} />;
  return <ErrorState {...failure(error)} onRetry={onRetry} />;
}

function organizationToLookInto(error: unknown): string | undefined {
  return error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.organizationId : undefined;
}
