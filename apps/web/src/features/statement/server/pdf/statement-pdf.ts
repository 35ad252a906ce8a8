import type { Locale } from '#i18n/routing.ts';
import { monthDaysText, monthText } from '../../month-text.ts';
import type { StatementPart } from '../../statement-part.ts';
import { type StatementWords, statementNames } from '../../statement-text.ts';
import { linesOfPart } from '../../usage-lines.ts';
import type { AccountStatement, UsageStatement } from '../read-statement.ts';
import { accountTable } from './account-table.ts';
import { movementTable } from './movement-table.ts';
import { type Document, drawable, finish, fontSizes, inks, margin, newDocument } from './pdf-page.ts';
import { drawNote, drawTable } from './pdf-table.ts';
import type { PdfWords } from './pdf-words.ts';
import { usageTables } from './usage-tables.ts';

export interface StatementPdf {
  readonly siteName: string;
  readonly statement: UsageStatement | AccountStatement;
  readonly part: StatementPart;
  readonly locale: Locale;
  readonly t: StatementWords;
}

/** A statement as an A4 document in the reader's language. */
export async function statementPdf({
  siteName,
  statement,
  part,
  locale,
  t,
}: StatementPdf): Promise<Uint8Array<ArrayBuffer>> {
  const words: PdfWords = { t, locale };
  const title = t('statement.title', { month: monthText(statement.month, locale) });
  const document = await newDocument({ title, author: siteName, lang: locale });
  drawHead(document, { siteName, title, words, statement, part });
  if ('account' in statement) {
    drawTable(document, accountTable(words, statement));
    drawTable(document, movementTable(words, statement));
  }
  const lines = linesOfPart(statement.lines, statement.keys, part);
  for (const table of usageTables(words, statement, lines)) drawTable(document, table);
  drawNote(document, t('usage.rule'));
  const pdf = await finish(document, (page, pages) => `${title} · ${t('page', { page, pages })}`);
  return new Uint8Array(pdf);
}

interface Head extends Pick<StatementPdf, 'siteName' | 'statement' | 'part'> {
  readonly title: string;
  readonly words: PdfWords;
}

function drawHead(document: Document, { siteName, title, words: { t, locale }, statement, part }: Head): void {
  const { month, organization, isRunning } = statement;
  document.fontSize(fontSizes.body).fillColor(inks.accent).text(drawable(siteName), margin);
  document.moveDown(0.4).fontSize(fontSizes.title).fillColor(inks.text).text(drawable(title));
  const days = t('statement.days', { days: monthDaysText(month, locale) });
  const of = part.kind === 'organization' ? [] : [statementNames(t, statement).part(part)];
  document.moveDown(0.3).fontSize(fontSizes.heading).text(drawable(organization.name));
  document.fontSize(fontSizes.body).fillColor(inks.soft);
  for (const line of [...of, days, ...(isRunning ? [t('runningNote')] : [])]) document.text(drawable(line));
}
