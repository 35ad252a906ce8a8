import { readSettings } from '@ai-bridge/catalog';
import { getTranslations } from 'next-intl/server';
import { answerFile, type FileRoute, fileAnswer } from '#features/statement/server/open-statement.ts';
import { statementPdf } from '#features/statement/server/pdf/statement-pdf.ts';

export const dynamic = 'force-dynamic';

/** A month's statement as PDF. */
export function GET(request: Request, route: FileRoute): Promise<Response> {
  return answerFile(request, route, async (opened) => {
    const { siteName } = await readSettings(opened.context.deps.prisma);
    const t = await getTranslations({ locale: opened.locale, namespace: 'statements' });
    const pdf = await statementPdf({ ...opened, siteName, t });
    return fileAnswer(pdf, opened, { name: 'statement', extension: 'pdf' });
  });
}
