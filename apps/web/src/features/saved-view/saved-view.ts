import type { ViewQuery } from './view-pages.ts';

/** Longest name of a view; the table holds to it too. */
export const maxViewNameLength = 60;
/** Of one person and one page: more are not looked through. */
export const maxViews = 20;

/** Filters that somebody keeps under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: ViewQuery;
  /** The page opens with it. */
  readonly opensFirst: boolean;
}
