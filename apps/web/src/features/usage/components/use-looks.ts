'use client';

import { useState } from 'react';
import { mayStillCome } from '../request-id.ts';

const lookAgainMs = 1_000;
/** How often a receipt that may be on its way is looked for. */
const maxLooks = 6;

type ApiError = { readonly data?: { readonly reason: string } | null | undefined } | null;

interface LookingQuery {
  readonly error: ApiError;
  readonly errorUpdateCount: number;
  readonly isPending: boolean;
}

/** Looks a few times for what is kept of a request that has just ended. It never changes once it is there. */
export function useLooks(requestId: string) {
  const [looks] = useState(() => (mayStillCome(requestId, Date.now()) ? maxLooks : 1));
  return {
    options: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchInterval: ({ state }: { readonly state: { error: ApiError; errorUpdateCount: number } }) =>
        isMissing(state.error) && state.errorUpdateCount < looks && lookAgainMs,
    },
    stateOf({ error, errorUpdateCount, isPending }: LookingQuery) {
      const missing = isMissing(error);
      const mayCome = errorUpdateCount < looks;
      return { missing, waiting: isPending || (missing && mayCome), lookingAgain: missing && mayCome };
    },
  };
}

/** Not there, or an id that can be nobody's. */
function isMissing(error: ApiError): boolean {
  return error?.data?.reason === 'not_found' || error?.data?.reason === 'invalid_input';
}
