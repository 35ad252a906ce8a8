import { TRPCError } from '@trpc/server';
import { createContext } from '#server/context.ts';
import { createCaller } from '#server/root.ts';

export const dynamic = 'force-dynamic';

interface ReceiptRoute {
  readonly params: Promise<{ orderId: string }>;
}

/** Leads to the payment provider's own receipt, which is asked for at each click as its address runs out. */
export async function GET(request: Request, { params }: ReceiptRoute): Promise<Response> {
  try {
    const { orderId } = await params;
    const { url } = await createCaller(await createContext(request.headers)).order.receipt({ orderId });
    if (url === null || !url.startsWith('https://')) return answer(404, 'not_found');
    return new Response(null, { status: 303, headers: { location: url, 'cache-control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return answer(statuses[error.code] ?? 502, error.message);
  }
}

const statuses: Partial<Record<TRPCError['code'], number>> = { UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

function answer(status: number, reason: string): Response {
  return Response.json({ error: { message: reason, type: 'invalid_request' } }, { status });
}
