import type { SettlementRecord } from '@ai-bridge/domain';
import type { Journal } from '../journal/index.ts';
import type { Settler } from '../settlement/index.ts';
import { settlementLine } from './settlement-line.ts';

/** Rejected requests written per organization and second; a flood of refusals is counted, not stored. */
const maxRejectedPerSecond = 10;
const maxTrackedOrganizations = 10_000;

/** Writes outcomes down: journal first, Postgres soon after. */
export interface Recorder {
  /** Whether new work may begin: the journal has room and its disk works. */
  readonly isOpen: boolean;
  /** Writes an outcome; `whenSafe` runs once it would survive a crash, or after a bounded wait where nothing can take it. */
  outcome(record: SettlementRecord, whenSafe?: () => void): void;
  /** Writes how an open stream stands now. */
  checkpoint(record: SettlementRecord): void;
  /** Writes a refusal, within bounds. */
  rejected(record: SettlementRecord): void;
}

export function createRecorder(journal: Journal, settler: Settler): Recorder {
  let second = 0;
  const rejected = new Map<string, number>();

  function outcome(record: SettlementRecord, whenSafe?: () => void): void {
    const outcome = {
      requestId: record.requestId,
      organizationId: record.organizationId,
      chargeNanoUsd: BigInt(record.chargeNanoUsd),
      record,
      sequence: 0,
    };
    const sequence = journal.append(settlementLine('outcome', record), (error) => {
      // Without a journal only Postgres can make it safe.
      if (error) return settler.enqueue(outcome, whenSafe);
      whenSafe?.();
      outcome.sequence = sequence;
      settler.enqueue(outcome);
    });
  }

  return {
    get isOpen() {
      return !journal.isFull;
    },
    outcome,
    checkpoint(record) {
      journal.checkpoint(settlementLine('checkpoint', record));
    },
    rejected(record) {
      const now = Math.floor(Date.now() / 1000);
      if (now !== second || rejected.size > maxTrackedOrganizations) {
        second = now;
        rejected.clear();
      }
      const count = rejected.get(record.organizationId) ?? 0;
      rejected.set(record.organizationId, count + 1);
      if (count < maxRejectedPerSecond) outcome(record);
    },
  };
}
