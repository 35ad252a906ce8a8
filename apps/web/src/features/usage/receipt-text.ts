import { modelText } from './model-text.ts';

/** A row as the page shows it. */
interface TextRow {
  readonly label: string;
  readonly note?: string | undefined;
  readonly calculation?: string | undefined;
  readonly amount: string;
}

/**
 * A receipt as plain text, to be pasted into a mail or a ticket.
 * @param terms sentences that stand below the rows
 */
export function receiptText(
  heading: string,
  request: { readonly createdAt: Date; readonly modelRequested: string; readonly modelUsed: string | null },
  rows: readonly TextRow[],
  terms: readonly string[],
): string {
  const lines = rows.map(({ label, note, calculation, amount }) => {
    const name = note === undefined ? label : `${label} (${note})`;
    return `${name}: ${calculation === undefined ? amount : `${calculation} = ${amount}`}`;
  });
  const head = [heading, modelText(request), request.createdAt.toISOString()];
  return [...head, '', ...lines, ...(lines.length > 0 ? [''] : []), ...terms, ''].join('\n');
}
