export type Figures = Readonly<Record<string, number>>;

/** Figures as they come through the channel between processes, which is JSON: what is no number is null there. */
type SentFigures = Readonly<Record<string, number | null>>;

/** What the supervisor tells a process. */
export type ToProcess =
  /** Take nothing new, let what is open end, and be gone. */
  | { readonly kind: 'stop' }
  /** Wait no longer for what is open. */
  | { readonly kind: 'hurry' }
  | { readonly kind: 'tell-figures'; readonly question: number }
  | { readonly kind: 'all-figures'; readonly question: number; readonly processes: readonly ProcessFigures[] };

/** What a process tells the supervisor. */
export type FromProcess =
  | { readonly kind: 'ready'; readonly url: string }
  /** It cannot start, for a reason that is one line for the operator. */
  | { readonly kind: 'failed'; readonly line: string }
  | { readonly kind: 'ask-figures'; readonly question: number }
  | { readonly kind: 'figures'; readonly question: number; readonly figures: SentFigures };

/** How one of the processes does. */
export interface ProcessFigures {
  readonly slot: number;
  readonly restarts: number;
  /** Undefined where it did not answer in time, or does not run. */
  readonly figures: SentFigures | undefined;
}
