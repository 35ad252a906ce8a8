import { answerUserApi } from '#features/user-api/server/answer.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

/** The user API: one table of routes answers for all of it, and for methods that a path does not take. */
function handle(request: Request): Promise<Response> {
  return answerUserApi(request, {
    ...composition(),
    onError: (error, requestId) =>
      process.stderr.write(`web: /api/user ${requestId} ${error instanceof Error ? error.stack : error}\n`),
  });
}

export { handle as DELETE, handle as GET, handle as OPTIONS, handle as PATCH, handle as POST, handle as PUT };
