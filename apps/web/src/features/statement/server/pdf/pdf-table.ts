import { type Document, drawable, fontSizes, inks, makeRoom, margin, textWidth } from './pdf-page.ts';

export interface PdfColumn {
  readonly label: string;
  /** Share of the page's width; all of a table's are 1. */
  readonly share: number;
  readonly numeric?: boolean;
}

export interface PdfTable {
  readonly title: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is the sum of the others. */
  readonly hasTotal?: boolean;
  /** Stands under the table. */
  readonly note?: string | undefined;
}

const rowHeight = 17;
const gap = 6;

/** A table under its heading; its head stands again on each page that it goes on to. */
export function drawTable(document: Document, { title, columns, rows, hasTotal, note }: PdfTable): void {
  makeRoom(document, 4 * rowHeight);
  document.moveDown(1.2).fontSize(fontSizes.heading).fillColor(inks.text).text(title, margin);
  document.moveDown(0.3);
  drawHead(document, columns);
  rows.forEach((row, index) => {
    if (makeRoom(document, rowHeight)) drawHead(document, columns);
    const isTotal = hasTotal === true && index === rows.length - 1;
    drawRow(document, columns, row, { ink: inks.text, rule: isTotal ? inks.text : inks.rule, ruleAbove: isTotal });
  });
  if (note) drawNote(document, note);
}

export function drawNote(document: Document, note: string): void {
  makeRoom(document, 2 * rowHeight);
  document.moveDown(0.4).fontSize(fontSizes.small).fillColor(inks.soft);
  document.text(drawable(note), margin, document.y, { width: textWidth(document) });
}

function drawHead(document: Document, columns: readonly PdfColumn[]): void {
  const labels = columns.map(({ label }) => label);
  drawRow(document, columns, labels, { ink: inks.soft, rule: inks.soft, ruleAbove: false });
}

interface RowLook {
  readonly ink: string;
  readonly rule: string;
  readonly ruleAbove: boolean;
}

function drawRow(document: Document, columns: readonly PdfColumn[], row: readonly string[], look: RowLook): void {
  const top = document.y;
  const width = textWidth(document);
  document.fontSize(fontSizes.body).fillColor(look.ink);
  let left = margin;
  columns.forEach(({ share, numeric }, index) => {
    const place = { width: width * share - gap, height: rowHeight, align: numeric ? 'right' : 'left' } as const;
    document.text(fitted(document, row[index] ?? '', place.width), left + (numeric ? gap : 0), top + 3, {
      ...place,
      lineBreak: false,
    });
    left += width * share;
  });
  const ruleAt = look.ruleAbove ? top : top + rowHeight;
  document
    .moveTo(margin, ruleAt)
    .lineTo(margin + width, ruleAt)
    .lineWidth(0.5)
    .strokeColor(look.rule)
    .stroke();
  document.x = margin;
  document.y = top + rowHeight;
}

const ellipsis = '…';

/** A text that stays in its cell: what does not fit is left out. */
function fitted(document: Document, text: string, width: number): string {
  const line = drawable(text);
  if (document.widthOfString(line) <= width) return line;
  const letters = [...line];
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (document.widthOfString(letters.slice(0, middle).join('') + ellipsis) <= width) fits = middle;
    else tooMany = middle;
  }
  return letters.slice(0, fits).join('') + ellipsis;
}
