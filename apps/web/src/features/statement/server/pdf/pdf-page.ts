import { readFile } from 'node:fs/promises';
import PDFDocument from 'pdfkit';

/** Points. */
export const margin = 48;
export const fontSizes = { title: 18, heading: 11, body: 8.5, small: 7.5 } as const;
export const inks = { text: '#1b1815', soft: '#5a534b', rule: '#d5ccbd', accent: '#c63d0a' } as const;

let font: Promise<Buffer> | undefined;

/** Noto Sans SC: Latin and Chinese in one. A document carries only the letters that it uses. */
function readFont(): Promise<Buffer> {
  font ??= readFile(new URL('../../../../../assets/noto-sans-sc-regular.ttf', import.meta.url));
  return font;
}

/** A text in letters that the font has: one kind of space, and an apostrophe that is not as wide as a Chinese one. */
export function drawable(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('\u2019', "'");
}

/** An empty A4 document, whose pages stay open until it ends, so that their numbers can be written. */
export async function newDocument(about: { readonly title: string; readonly author: string; readonly lang: string }) {
  const document = new PDFDocument({
    ...{ size: 'A4', margin, bufferPages: true, lang: about.lang, displayTitle: true },
    ...{ font: (await readFont()) as unknown as string, info: { Title: about.title, Author: about.author } },
  });
  return document;
}

export type Document = Awaited<ReturnType<typeof newDocument>>;

export function textWidth(document: Document): number {
  return document.page.width - 2 * margin;
}

/** Begins a new page where less than this is left of the one at hand. @returns whether it did */
export function makeRoom(document: Document, height: number): boolean {
  if (document.y + height <= document.page.height - margin) return false;
  document.addPage();
  return true;
}

/** Ends a document. @returns its bytes */
export function finish(document: Document, pageLabel: (page: number, pages: number) => string): Promise<Buffer> {
  const { start, count } = document.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    document.switchToPage(start + page);
    // The foot stands in the margin, where text else would begin a new page.
    document.page.margins.bottom = 0;
    const place = { width: textWidth(document), align: 'right', lineBreak: false } as const;
    document.fontSize(fontSizes.small).fillColor(inks.soft);
    document.text(drawable(pageLabel(page + 1, count)), margin, document.page.height - margin / 1.5, place);
  }
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.end();
  });
}
