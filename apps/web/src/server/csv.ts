import { stringify } from 'csv-stringify/sync';

/** A number as it is written: amounts and counts may begin with a minus, and are no formulas. */
export interface Exact {
  readonly exact: string;
}

/** What a cell holds; a date is written as ISO 8601 in UTC, and a text so that no spreadsheet takes it for a formula. */
export type Cell = string | bigint | number | boolean | Date | Exact | null;

/** Marks the bytes as UTF-8 for spreadsheets that else guess. */
export const byteOrderMark = '\uFEFF';
/** Texts that a spreadsheet may run: leading white space does not keep it from that. */
const formulaPattern = /^[\s\uFEFF\u200B]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20|%]/u;
const controlStart = /^[\t\r\n]/;

/**
 * Rows as a CSV file (RFC 4180, UTF-8 with a byte order mark). Each page of rows is asked for when the one before was sent, and nothing more
 * once the reader has left.
 */
export function csvStream(
  columns: readonly string[],
  pages: AsyncIterator<readonly (readonly Cell[])[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(byteOrderMark + csvText([columns]))),
    async pull(controller) {
      const page = await pages.next();
      if (page.done) controller.close();
      else controller.enqueue(encoder.encode(csvText(page.value)));
    },
    async cancel() {
      await pages.return?.();
    },
  });
}

/** The same, of rows that are all at hand. */
export function csvFile(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return byteOrderMark + csvText([columns, ...rows]);
}

/** Rows as lines, for files that are put together elsewhere: see csvStream. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    // By itself it would quote no line end but the records' own.
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'object') return cell.exact;
  return typeof cell === 'string' ? safeText(cell) : String(cell);
}

/** A text that no spreadsheet runs: what could be a formula gets an apostrophe in front. */
export function safeText(text: string): string {
  return formulaPattern.test(text) || controlStart.test(text) ? `'${text}` : text;
}
