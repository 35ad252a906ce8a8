import { logoAnswer } from '#features/site-setting/server/logo-answer.ts';
import { readLogo } from '#features/site-setting/server/logo-store.ts';
import { composition } from '#server/deps.ts';

export const dynamic = 'force-dynamic';

/** The operator's logo. */
export async function GET(request: Request): Promise<Response> {
  return logoAnswer(await readLogo(composition().deps.prisma), new URL(request.url).searchParams.get('v'));
}
