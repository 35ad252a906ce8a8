import type { ModelState, OverallState } from '../model-state.ts';

/** The shape and colour that each state is shown by. */
export const stateTones = {
  operational: 'good',
  degraded: 'warn',
  down: 'bad',
  no_traffic: 'quiet',
} as const satisfies Record<ModelState, string>;

/** The same for all models together. */
export const overallTones = { ...stateTones, partly_down: 'bad' } as const satisfies Record<OverallState, string>;

export const toneMarks = { good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad', quiet: 'bg-rule-strong' } as const;
