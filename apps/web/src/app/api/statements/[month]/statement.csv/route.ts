import { answerFile, type FileRoute, fileAnswer } from '#features/statement/server/open-statement.ts';
import { statementColumns, statementRows } from '#features/statement/server/statement-csv.ts';
import { csvStream } from '#server/csv.ts';

export const dynamic = 'force-dynamic';

/** A month's statement as CSV. */
export function GET(request: Request, route: FileRoute): Promise<Response> {
  return answerFile(request, route, (opened) => {
    const rows = statementRows(opened.statement, opened.part);
    return fileAnswer(csvStream(statementColumns, rows), opened, { name: 'statement', extension: 'csv' });
  });
}
