import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { readChannelSpend } from '@ai-bridge/usage';
import { remembered } from '#server/remembered.ts';

const spanMs = 24 * 3_600_000;
/** A day of records is read: once a minute, however many look. */
const freshMs = 60_000;

export type ChannelSpendReader = ReturnType<typeof createChannelSpendReader>;

/** What each channel cost in the last 24 hours. One per process. */
export function createChannelSpendReader({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  const spend = remembered({
    read: () => readChannelSpend(database, new Date(clock.now() - spanMs)),
    ...{ freshMs, nowMs: clock.monotonicMs },
  });
  return { read: () => spend('') };
}
