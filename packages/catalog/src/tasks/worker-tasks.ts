import type { PrismaClient, Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { isTaskKind, type TaskInput, type TaskKind, type TaskResult, taskKinds } from './results.ts';

/** Postgres NOTIFY channel on which each new task is told. */
export const taskChannel = 'bridge_task';
/** A task that no worker has taken in this time is not taken any more: who asked has been told that no worker runs. */
export const unclaimedSeconds = 10;
/** A task that has not come to an end in this time will not: its worker is gone. */
export const lostSeconds = 60;
/** Tasks of one kind that may wait or run at once: what customers ask for does not keep staff waiting. */
const maxOpenTasks = 50;
const keptHours = 24;

/** Asks a worker to do something, and writes down who asked. @returns the task's id. @throws CatalogError too_many_tasks */
export async function requestTask<Kind extends TaskKind>(
  prisma: PrismaClient,
  task: { readonly kind: Kind; readonly subjectId: string; readonly input: TaskInput<Kind> },
  actor: CatalogActor,
): Promise<string> {
  const id = newId('tsk');
  await prisma.$transaction(async (session) => {
    const since = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    const recent = { doneAt: null, createdAt: { gt: since(lostSeconds) } };
    const open = await session.workerTask.count({ where: { kind: task.kind, ...recent } });
    if (open >= maxOpenTasks) throw new CatalogError('too_many_tasks', 'expected fewer at once');
    await session.workerTask.deleteMany({ where: { createdAt: { lt: since(keptHours * 3_600) } } });
    const { kind, subjectId, input } = task;
    await session.workerTask.create({ data: { id, kind, subjectId, input, requestedByUserId: actor.userId ?? null } });
    await writeAudit(session, actor, kind, subjectId, { ...input });
  });
  return id;
}

export type TaskView<Kind extends TaskKind> =
  /** unclaimed: no worker is running; lost: one began and did not come back. */
  | { readonly status: 'waiting' | 'running' | 'unclaimed' | 'lost' }
  | { readonly status: 'done'; readonly result: TaskResult<Kind> };

interface Row {
  readonly age_seconds: number;
  readonly claimed: boolean;
  readonly done: boolean;
  readonly result: unknown;
}

/**
 * How a task stands, by the database's clock.
 * @param task.subjectId where who asks may know of this subject's tasks alone
 * @throws CatalogError not_found
 */
export async function readTask<Kind extends TaskKind>(
  sql: Sql,
  task: { readonly id: string; readonly kind: Kind; readonly subjectId?: string },
): Promise<TaskView<Kind>> {
  const [row] = await sql.query<Row>(
    `SELECT extract(epoch FROM now() - created_at)::float8 AS age_seconds, claimed_at IS NOT NULL AS claimed,
       done_at IS NOT NULL AS done, result FROM worker_task WHERE id = $1 AND kind = $2 AND ($3::text IS NULL OR subject_id = $3)`,
    [task.id, task.kind, task.subjectId ?? null],
  );
  if (!row) throw new CatalogError('not_found', 'no such task');
  if (row.done) {
    const parsed = taskKinds[task.kind].result.safeParse(row.result);
    return parsed.success ? { status: 'done', result: parsed.data as TaskResult<Kind> } : { status: 'lost' };
  }
  if (!row.claimed) return { status: row.age_seconds < unclaimedSeconds ? 'waiting' : 'unclaimed' };
  return { status: row.age_seconds < lostSeconds ? 'running' : 'lost' };
}

export interface ClaimedTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly subjectId: string;
  readonly input: unknown;
}

/** Takes the oldest task that nobody has taken, for this worker alone; undefined where there is none. */
export async function claimTask(sql: Sql, workerId: string): Promise<ClaimedTask | undefined> {
  const [row] = await sql.query<{ id: string; kind: string; subject_id: string; input: unknown }>(
    `UPDATE worker_task SET claimed_by = $1, claimed_at = now()
     WHERE id = (SELECT id FROM worker_task
       WHERE done_at IS NULL AND claimed_at IS NULL AND created_at > now() - $2 * interval '1 second' AND kind = ANY($3)
       ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, subject_id, input`,
    [workerId, unclaimedSeconds, Object.keys(taskKinds)],
  );
  if (!row || !isTaskKind(row.kind)) return undefined;
  return { id: row.id, kind: row.kind, subjectId: row.subject_id, input: row.input };
}

/** Writes a task's answer, once, by the worker that took it. */
export async function finishTask(sql: Sql, workerId: string, id: string, result: object): Promise<void> {
  await sql.query(
    `UPDATE worker_task SET done_at = now(), result = $3::jsonb WHERE id = $1 AND claimed_by = $2 AND done_at IS NULL`,
    [id, workerId, JSON.stringify(result)],
  );
}
