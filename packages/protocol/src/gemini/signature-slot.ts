import { openSignature, type Signature, sealSignature } from '../neutral/signature.ts';

/** Google's own word for a call that its model did not make, or whose signature was lost. */
export const noSignature = 'skip_thought_signature_validator';

/** How base64 of our envelopes begins: of `QxRelay1.`. */
const beginning = 'UXhSZWxheTE';

/**
 * A signature as a `thoughtSignature` for a client. The field is bytes: the SDKs for Python, Go and Java decode its base64 and fail on
 * anything else, and write it again in either alphabet.
 */
export function sealSlot(signature: Signature): string {
  return Buffer.from(sealSignature(signature)).toString('base64');
}

/** The signature in a client's `thoughtSignature`; undefined where there is none. */
export function openSlot(slot: string | undefined): Signature | undefined {
  const isOurs = slot?.startsWith(beginning);
  return openSignature(slot && isOurs ? Buffer.from(slot, 'base64').toString() : slot, 'gemini');
}
