import type { BothLanguages } from '#components/both-languages.ts';

export const legalDocuments = ['terms', 'privacy'] as const;
export type LegalDocument = (typeof legalDocuments)[number];

/** In both languages together it has to fit into one call of a procedure. */
export const maxLegalCharacters = 20_000;

/** A legal text as everyone reads it. */
export interface LegalText {
  readonly document: LegalDocument;
  /** 0: the template that comes with the product, which nobody has looked at yet. */
  readonly version: number;
  readonly text: BothLanguages;
  /** Null for the template. */
  readonly changedAt: Date | null;
}

/** What stands in a text for what the settings say. */
const placeholders = /\{(siteName|supportContact)\}/g;

/** Puts the site's name and contact in their places. */
export function fillIn(text: string, site: { readonly siteName: string; readonly supportContact: string }): string {
  return text.replace(placeholders, (_, name: 'siteName' | 'supportContact') => escaped(site[name]));
}

/** A name is not mark-up. */
function escaped(text: string): string {
  return text.replace(/[\\`*[\]]/g, '\\$&');
}
