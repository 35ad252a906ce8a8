'use client';

import { useState } from 'react';

/** How often the console looks whether a worker is done. */
export const taskPollMs = 400;

type View = { readonly status: string };

/** A task is over once it is done, or nobody will do it. */
export function isOver(view: View | undefined): boolean {
  return view !== undefined && view.status !== 'waiting' && view.status !== 'running';
}

/** Settings of the query that waits for a task's end. */
export function untilOver(taskId: string | undefined) {
  return {
    enabled: taskId !== undefined,
    refetchInterval: (query: { state: { data?: View | undefined } }) => (isOver(query.state.data) ? false : taskPollMs),
    staleTime: 0,
  } as const;
}

/** The task that was asked for last. */
export function useTaskId() {
  const [taskId, setTaskId] = useState<string>();
  return {
    taskId,
    onSuccess: (answer: { taskId: string }) => setTaskId(answer.taskId),
    forget: () => setTaskId(undefined),
  };
}
