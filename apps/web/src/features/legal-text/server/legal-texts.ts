import type { PrismaClient } from '@ai-bridge/db';
import type { LegalDocument, LegalText } from '../legal-text.ts';
import { legalTemplates } from '../templates.ts';

/** The version in force; the template where none was written. */
export async function currentLegalText(prisma: PrismaClient, document: LegalDocument): Promise<LegalText> {
  const row = await prisma.legalText.findFirst({ where: { document }, orderBy: { version: 'desc' } });
  return row ? legalTextOf(document, row) : { document, version: 0, text: legalTemplates[document], changedAt: null };
}

interface Row {
  readonly version: number;
  readonly textZh: string;
  readonly textEn: string;
  readonly createdAt: Date;
}

export function legalTextOf(document: LegalDocument, { version, textZh, textEn, createdAt }: Row): LegalText {
  return { document, version, text: { zh: textZh, en: textEn }, changedAt: createdAt };
}
