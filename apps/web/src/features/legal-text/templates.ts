import type { BothLanguages } from '#components/both-languages.ts';
import type { LegalDocument } from './legal-text.ts';
import en from './templates/en.json';
import zh from './templates/zh.json';

/** What stands on the pages until the operator has written their own. */
export const legalTemplates: Readonly<Record<LegalDocument, BothLanguages>> = {
  terms: { zh: zh.terms.join('\n'), en: en.terms.join('\n') },
  privacy: { zh: zh.privacy.join('\n'), en: en.privacy.join('\n') },
};
