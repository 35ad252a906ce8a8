import type { ModelStatus } from '../report.ts';

export type { ModelStatus };

export interface ModelProps {
  readonly model: ModelStatus;
  /** YYYY-MM-DD, UTC, of its first day. */
  readonly firstDay: string;
}
