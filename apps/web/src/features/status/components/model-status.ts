import type { ApiOutput } from '#components/api.ts';

/** A model as the status report tells it. */
export type ModelStatus = ApiOutput['status']['models']['models'][number];

export interface ModelProps {
  readonly model: ModelStatus;
  /** YYYY-MM-DD, UTC, of its first day. */
  readonly firstDay: string;
}
