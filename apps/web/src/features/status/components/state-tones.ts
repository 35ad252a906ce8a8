import type { ModelState } from '../model-state.ts';

/** The shape and colour that each state is shown by. */
export const stateTones = {
  operational: 'good',
  degraded: 'warn',
  down: 'bad',
  no_traffic: 'quiet',
} as const satisfies Record<ModelState, string>;
