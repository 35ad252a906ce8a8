import { monthRequests } from '@ai-bridge/usage';
import { answerFile, type FileRoute, fileAnswer } from '#features/statement/server/open-statement.ts';
import { keyIdsOfPart } from '#features/statement/usage-lines.ts';
import { requestColumns, requestRows } from '#features/usage/server/requests-csv.ts';
import { csvStream } from '#server/csv.ts';

export const dynamic = 'force-dynamic';

/** The single requests of a month as CSV, sent as they are read. */
export function GET(request: Request, route: FileRoute): Promise<Response> {
  return answerFile(request, route, (opened) => {
    const { context, statement, part } = opened;
    const { keys, month, organization } = statement;
    const of = { organizationId: organization.id, month, apiKeyIds: keyIdsOfPart(keys, part) };
    const rows = requestRows(monthRequests(context.deps.database, of), keys);
    return fileAnswer(csvStream(requestColumns, rows), opened, { name: 'requests', extension: 'csv' });
  });
}
