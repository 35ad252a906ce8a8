import type { Deps } from '#server/deps.ts';
import { publicReadsPerAddress } from '#server/public-reads.ts';
import { reportFreshMs } from './status-reader.ts';

const jsonHeaders = {
  // Anyone's board may show it; it carries nothing of who asks.
  'access-control-allow-origin': '*',
  'cache-control': `public, max-age=${reportFreshMs / 1_000}`,
};
const retryAfter = String(publicReadsPerAddress.windowMs / 1_000);

/** The status report over plain HTTP. Errors have the shape of the REST API's. */
export async function statusAnswer(
  { publicReads, status }: Pick<Deps, 'publicReads' | 'status'>,
  address: string,
  onError: (error: unknown) => void,
): Promise<Response> {
  if (!publicReads.admit(address)) {
    return failed(429, 'Too many requests from your address. Try again in a minute.', 'rate_limit_exceeded');
  }
  try {
    return Response.json(await status.read(), { headers: jsonHeaders });
  } catch (error) {
    onError(error);
    return failed(503, 'The status cannot be read at present. Try again in a minute.', 'unavailable');
  }
}

function failed(status: 429 | 503, message: string, type: string): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': retryAfter, 'access-control-allow-origin': '*' };
  return Response.json({ error: { message, type } }, { status, headers });
}
