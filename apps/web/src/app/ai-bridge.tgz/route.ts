import { commandAnswer } from '#features/command/server/command-answer.ts';
import { readCommand } from '#features/command/server/read-command.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

/** The `ai-bridge` command as npm and npx install it by this address. */
export async function GET(request: Request): Promise<Response> {
  return commandAnswer(await readCommand(composition().site.commandFile), request.headers.get('if-none-match'));
}
