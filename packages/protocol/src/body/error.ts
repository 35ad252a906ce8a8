import type { Protocol } from '@ai-bridge/domain';
import { asObject } from '../json/parse.ts';
import { readUpstreamError, type UpstreamError } from '../stream/reader.ts';

/** Error bodies are small; no more of one is looked at. */
const maxErrorBodyBytes = 65_536;

/**
 * What an upstream's error answer says, for the record of the attempt. Text that looks like a credential is masked.
 *
 * @param status HTTP status; a success has no error unless its body says so
 * @returns undefined where the answer is a success and its body tells of no error
 */
export function readBodyError(_protocol: Protocol, status: number, body: Buffer): UpstreamError | undefined {
  const parsed = parse(body);
  const root = asObject(Array.isArray(parsed) ? parsed[0] : parsed);
  const error = root?.['error'] ?? (status >= 400 ? root : undefined);
  if (error) {
    const { type, message } = readUpstreamError(error);
    return { type, message: maskCredentials(message) };
  }
  if (status < 400) return undefined;
  return { type: `http_${status}`, message: 'no readable error body' };
}

function parse(body: Buffer): unknown {
  if (body.length > maxErrorBodyBytes) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Upstreams quote the key they refuse. */
function maskCredentials(text: string): string {
  return text.replace(/\b(sk|ab|rk|pk|AIza|Bearer)[-_ ]?[A-Za-z0-9*._-]{6,}/g, '$1-***');
}
