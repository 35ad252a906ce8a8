import { statusAnswer } from '#features/status/server/status-answer.ts';
import { clientAddress } from '#server/client-address.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

/** How the models do, for scripts and boards. */
export function GET(request: Request): Promise<Response> {
  return statusAnswer(composition().deps, clientAddress(request.headers.get('x-forwarded-for')), (error) =>
    process.stderr.write(`web: /api/status ${error instanceof Error ? error.stack : error}\n`),
  );
}
