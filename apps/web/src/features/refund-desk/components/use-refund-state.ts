'use client';

import { useEffect } from 'react';
import { api } from '#components/api.ts';
import type { RefundPage } from '../refund-page.ts';

/** While the provider is at it; while somebody else may decide. A bank may still return what has succeeded: that is looked for seldom. */
const underWayMs = 2_000;
const waitingMs = 10_000;

/** Follows how a refund stands, and reads its page again when that changes. */
export function useRefundState(refund: RefundPage | undefined): void {
  const utils = api.useUtils();
  const isUnderWay = refund?.state === 'reserved' || refund?.state === 'submitted';
  const { data: told } = api.refundDesk.state.useQuery(
    { refundId: refund?.id ?? '' },
    { enabled: refund !== undefined && refund.endedAt === null, refetchInterval: isUnderWay ? underWayMs : waitingMs },
  );
  const isNews = told && refund && (told.state !== refund.state || told.attempts !== refund.attempts);
  useEffect(() => {
    if (isNews) void utils.refundDesk.read.invalidate();
  }, [isNews, utils]);
}
