import { TRPCError } from '@trpc/server';
import type { Context } from './context.ts';
import { refuse } from './errors.ts';

const statuses: Partial<Record<TRPCError['code'], number>> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PRECONDITION_FAILED: 412,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
};
const contentTypes = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf', zip: 'application/zip' } as const;

/** Answers a request for a file; what the procedures refuse, it refuses with their reason. */
export async function fileOrRefusal(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const body = { error: { message: error.message, type: 'invalid_request' } };
    return Response.json(body, { status: statuses[error.code] ?? 400, headers: { 'cache-control': 'no-store' } });
  }
}

/** Lets who is signed in have another file. @throws TRPCError */
export function admitDownload({ deps, session }: Pick<Context, 'deps' | 'session'>): void {
  if (!session) throw refuse('unauthenticated');
  if (!deps.downloads.admit(session.user.id)) throw refuse('too_many_attempts');
}

/** A file to save. @param name without its extension: word characters and hyphens */
export function savedFile(body: BodyInit, name: string, extension: keyof typeof contentTypes): Response {
  return new Response(body, {
    headers: {
      'content-type': contentTypes[extension],
      'content-disposition': `attachment; filename="${name}.${extension}"`,
      'cache-control': 'no-store',
    },
  });
}
