import { type Database, inOneSnapshot, type Sql } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import {
  advanceCheckpoint,
  organizationOfDrift,
  readCapturedTotal,
  readWatermark,
  rebuildCheckpoint,
  verifyRecentBooks,
} from '@ai-bridge/ledger';
import { raiseAlarmAgain } from '../alarms.ts';
import { system } from '../audit.ts';
import { freezeBalance } from '../freeze-balance.ts';
import { type BooksCheck, type BooksCheckKind, type BooksFinding, claimCheck, noteCheck } from './books-checks.ts';

/** How far apart two runs of a check begin, of however many processes. A minute's check is due a little before the minute is over. */
const everyMs = { recent: 50_000, whole: 24 * 60 * 60_000 } as const satisfies Record<BooksCheckKind, number>;

export interface BooksDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** What requests were charged, of all time, by their own records. */
  readChargedNanoUsd(sql: Sql): Promise<bigint>;
}

/**
 * Compares the ledger with its projections and with what requests were charged. What a quick look suspects is only believed once the
 * checkpoint has been made anew of every entry. What is new is told to a person, and the organization's balance is frozen.
 * @returns undefined where the check is not due, or another process is at it
 */
export async function checkBooks(deps: BooksDeps, kind: BooksCheckKind): Promise<BooksCheck | undefined> {
  const known = await claimCheck(deps.database, kind, deps.clock.now());
  if (!known) return undefined;
  const startedAt = new Date(deps.clock.now());
  const startMs = deps.clock.monotonicMs();
  const knownNames = new Set(known.map(nameOf));
  const isNew = (finding: BooksFinding) => !knownNames.has(nameOf(finding));
  let { findings, entriesRead } = await look(deps, kind);
  if (kind === 'recent' && findings.some(isNew)) ({ findings, entriesRead } = await look(deps, 'whole'));
  for (const finding of findings.filter(isNew)) await act(deps.database, finding);
  const durationMs = Math.round(deps.clock.monotonicMs() - startMs);
  const run = { kind, startedAt, durationMs, entriesRead, findings };
  await noteCheck(deps.database, run, startedAt.getTime() + everyMs[kind]);
  return run;
}

/** The same disagreement in two runs: requests that go on meanwhile move both sides alike. */
const nameOf = ({ check, subject, expectedNanoUsd, actualNanoUsd }: BooksFinding): string =>
  `${check} ${subject} ${BigInt(actualNanoUsd) - BigInt(expectedNanoUsd)}`;

async function look({ database, readChargedNanoUsd }: BooksDeps, kind: BooksCheckKind) {
  const since = await readWatermark(database);
  const rebuilt = kind === 'whole' || !since ? await rebuildCheckpoint(database) : undefined;
  if (since && !rebuilt) await advanceCheckpoint(database, since);
  return inOneSnapshot(database, async (sql) => {
    const drifts = await verifyRecentBooks(sql);
    const captured = await readCapturedTotal(sql);
    const charged = await readChargedNanoUsd(sql);
    const findings = drifts.map(
      ({ check, subject, expectedNanoUsd, actualNanoUsd }): BooksFinding => ({
        ...{ check, subject, expectedNanoUsd: `${expectedNanoUsd}`, actualNanoUsd: `${actualNanoUsd}` },
      }),
    );
    if (charged !== captured.capturedNanoUsd) {
      const amounts = { expectedNanoUsd: `${charged}`, actualNanoUsd: `${captured.capturedNanoUsd}` };
      findings.push({ check: 'charges', subject: 'all', ...amounts });
    }
    return { findings, entriesRead: captured.entriesRead + (rebuilt?.entriesRead ?? 0n) };
  });
}

async function act(database: Database, finding: BooksFinding): Promise<void> {
  const { check, subject, expectedNanoUsd, actualNanoUsd } = finding;
  const detail = { expectedNanoUsd, actualNanoUsd };
  if (check === 'charges') return raiseAlarmAgain(database, { kind: 'charges_differ', subject, detail });
  const organizationId = organizationOfDrift(finding);
  await raiseAlarmAgain(database, { kind: 'books_drift', subject: `${check} ${subject}`, organizationId, detail });
  if (organizationId === undefined) return;
  const reason = `the books disagree: ${check} of ${subject} is ${actualNanoUsd}, and its entries say ${expectedNanoUsd}`;
  await freezeBalance(database, { organizationId, frozen: true, reason }, system);
}
