'use client';

import type { Month } from '@ai-bridge/domain';
import { type ApiOutput, api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';

type Account = Omit<ApiOutput['statement']['read'], keyof ApiOutput['statement']['usage']>;
/** A statement, with its account for who may see it. */
export type StatementView = ApiOutput['statement']['usage'] & Partial<Account>;

/** Reads a month's statement, as far as this person may see it. */
export function useStatement(month: Month) {
  const maySeeAccount = useMay('ledger.read');
  const whole = api.statement.read.useQuery({ month }, { enabled: maySeeAccount });
  const usage = api.statement.usage.useQuery({ month }, { enabled: !maySeeAccount });
  const { error, isPending, refetch } = maySeeAccount ? whole : usage;
  const data: StatementView | undefined = maySeeAccount ? whole.data : usage.data;
  return { data, error, isPending, refetch };
}
