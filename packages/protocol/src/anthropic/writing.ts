import type { Target } from '../neutral/codec.ts';
import type { LossList } from './loss-list.ts';
import type { ModelRules } from './model-rules.ts';

/** What writing one request needs all the way down. */
export interface Writing {
  readonly target: Target;
  readonly rules: ModelRules;
  readonly losses: LossList;
}
