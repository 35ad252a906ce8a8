import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { createContext } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { appRouter } from '#server/root.ts';
import { maxBatchSize, type Refusal, readBoundedText, refuseRpcRequest } from '#server/rpc-guard.ts';

const endpoint = '/api/trpc';

async function handle(request: Request): Promise<Response> {
  const refusal = refuseRpcRequest(request, composition().site.origin);
  if (refusal) return refused(refusal);
  const body = await readBoundedText(request);
  if (body === undefined) return refused({ status: 413, reason: 'body_too_large' });
  return fetchRequestHandler({
    endpoint,
    req: new Request(request.url, { method: request.method, headers: request.headers, ...(body && { body }) }),
    router: appRouter,
    maxBatchSize,
    createContext: () => createContext(request.headers),
    responseMeta: ({ ctx }) => ({
      headers: new Headers({ 'cache-control': 'no-store', ...(ctx && { 'x-request-id': ctx.requestId }) }),
    }),
    onError: ({ error, path, ctx }) => {
      // What nobody threw on purpose has no words of its own; the log and the request id lead to it.
      if (error.code === 'INTERNAL_SERVER_ERROR')
        process.stderr.write(`web: ${path} ${ctx?.requestId} ${error.cause?.stack ?? error.stack}\n`);
    },
  });
}

function refused({ status, reason }: Refusal): Response {
  return Response.json({ error: { message: reason, type: 'invalid_request' } }, { status });
}

export { handle as GET, handle as POST };
