import type { Month } from '@ai-bridge/domain';
import { partQuery, type StatementPart } from '../statement-part.ts';

export type StatementFile = 'statement.csv' | 'statement.pdf' | 'requests.csv';

/** Where a statement's file is. */
export function fileHref(month: Month, file: StatementFile, of: { part: StatementPart; locale: string }): string {
  const query = new URLSearchParams({ ...partQuery(of.part), locale: of.locale });
  return `/api/statements/${month}/${file}?${query}`;
}
