import type { BothLanguages } from '#components/both-languages.ts';

/** What people are told of what is being worked on; it crosses to the browser, so that the end is text. */
export interface MaintenanceNotice {
  /** New requests to the relay are refused, too. */
  readonly holdsRelay: boolean;
  readonly text: BothLanguages;
  /** ISO 8601, UTC; null: nobody knows. */
  readonly until: string | null;
}
