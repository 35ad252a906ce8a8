/** How many procedures one HTTP request may call. */
export const maxBatchSize = 10;
/** Largest JSON body a procedure may be called with. */
export const maxBodyBytes = 100_000;

export interface Refusal {
  readonly status: 400 | 403 | 405 | 413 | 415;
  readonly reason: string;
}

/**
 * What is checked of a call before any procedure sees it. A change comes only as JSON from this very origin, so that
 * no form and no foreign page can make one. @returns why it is refused, or undefined
 */
export function refuseRpcRequest(request: Request, knownOrigin: string | undefined): Refusal | undefined {
  const url = new URL(request.url);
  if (batchSize(url) > maxBatchSize) return { status: 400, reason: 'batch_too_large' };
  if (request.method === 'GET') return undefined;
  if (request.method !== 'POST') return { status: 405, reason: 'method_not_allowed' };
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') return { status: 415, reason: 'json_only' };
  if (!isSameOrigin(request, knownOrigin)) return { status: 403, reason: 'foreign_origin' };
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes)
    return { status: 413, reason: 'body_too_large' };
  return undefined;
}

function batchSize(url: URL): number {
  const procedures = url.pathname.split('/').at(-1) ?? '';
  return decodeURIComponent(procedures).split(',').length;
}

/** A browser names the origin of every POST; whoever does not is no browser of ours. */
function isSameOrigin(request: Request, knownOrigin: string | undefined): boolean {
  const fetchSite = request.headers.get('sec-fetch-site');
  if (fetchSite && fetchSite !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  return origin === knownOrigin || new URL(origin).host === request.headers.get('host');
}

/**
 * The body within its bound, also when it comes without a length.
 * @returns undefined when it is larger
 */
export async function readBoundedText(request: Request, maxBytes = maxBodyBytes): Promise<string | undefined> {
  return (await readBoundedBytes(request, maxBytes))?.toString('utf8');
}

/** The same as it came, byte by byte. */
export async function readBoundedBytes(request: Request, maxBytes: number): Promise<Buffer | undefined> {
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
