'use client';

import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useToast } from '#ui/toast.tsx';

/** Passes a step over, or comes back to it. */
export function useSkip() {
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  return api.welcome.setSkipped.useMutation({
    onSuccess: () => utils.welcome.read.invalidate(),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
  });
}
