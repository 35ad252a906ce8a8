import type { Sql } from '@ai-bridge/db';

/** The ledger's verb for giving credit, handed in because access moves no money itself. */
export type GrantCredit = (
  sql: Sql,
  grant: {
    readonly key: string;
    readonly organizationId: string;
    readonly amountNanoUsd: bigint;
    readonly reason: string;
    readonly actor: string;
  },
) => Promise<unknown>;
