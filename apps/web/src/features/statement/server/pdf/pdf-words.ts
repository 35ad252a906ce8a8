import type { Locale } from '#i18n/routing.ts';
import type { StatementWords } from '../../statement-text.ts';

/** The language that a document is in. */
export interface PdfWords {
  readonly t: StatementWords;
  readonly locale: Locale;
}
