import { type ClaimedTask, claimTask, finishTask } from '@ai-bridge/catalog';
import type { Sql } from '@ai-bridge/db';
import type { TaskHandlers } from './channel-tasks.ts';

/** Tasks under way at once in one worker. */
const maxAtOnce = 4;

export interface TaskDesk {
  /** There may be something to do. */
  wake(): void;
  /** Takes nothing new, and waits for what is under way. */
  close(): Promise<void>;
}

export interface TaskDeskDeps {
  readonly sql: Sql;
  readonly workerId: string;
  readonly handlers: TaskHandlers;
  onError(error: unknown, task: ClaimedTask | undefined): void;
}

/** Does what the console asks of workers: takes tasks that no other worker took, one statement each, and writes the answers. */
export function createTaskDesk({ sql, workerId, handlers, onError }: TaskDeskDeps): TaskDesk {
  const running = new Set<Promise<void>>();
  /** Somebody called while all hands were full: what came then must not be missed. */
  let isWanted = false;
  let isClosed = false;

  async function work(): Promise<void> {
    try {
      while (!isClosed) {
        const task = await claimTask(sql, workerId);
        if (!task) return;
        await finishTask(sql, workerId, task.id, await resultOf(task));
      }
    } catch (error) {
      onError(error, undefined);
    }
  }

  /** A task that failed by our own fault ends without an answer: who asked need not wait any longer. */
  async function resultOf(task: ClaimedTask): Promise<object> {
    // The handler checks the input by its own schema.
    const handle = handlers[task.kind] as (subjectId: string, input: unknown) => Promise<object>;
    try {
      return await handle(task.subjectId, task.input);
    } catch (error) {
      onError(error, task);
      return {};
    }
  }

  function wake(): void {
    if (isClosed) return;
    if (running.size >= maxAtOnce) {
      isWanted = true;
      return;
    }
    const one = work().finally(() => {
      running.delete(one);
      if (!isWanted) return;
      isWanted = false;
      wake();
    });
    running.add(one);
  }

  return {
    wake,
    async close() {
      isClosed = true;
      await Promise.all(running);
    },
  };
}
