import type { JsonObject } from '../json/parse.ts';
import { openSignature, type Signature, sealSignature } from '../neutral/signature.ts';

/** Tells the seal of a call from sealed thinking. */
const prefix = 'QxRelay1-call.';

/**
 * The signature of a tool call (Gemini's) as a block that stands right before it: tool_use has no opaque slot, and clients that send a call back
 * send redacted thinking before it too.
 */
export function callSeal(signature: Signature): string {
  return `{"type":"redacted_thinking","data":${JSON.stringify(prefix + sealSignature(signature))}}`;
}

/** Whether a block of a request is such a seal. */
export function isCallSeal({ type, data }: JsonObject): boolean {
  return type === 'redacted_thinking' && typeof data === 'string' && data.startsWith(prefix);
}

/** @returns undefined where the seal was damaged */
export function openCallSeal({ data }: JsonObject): Signature | undefined {
  return openSignature(String(data).slice(prefix.length), 'gemini');
}
