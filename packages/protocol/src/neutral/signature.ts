import type { Protocol } from '@ai-bridge/domain';

/** Who made a signature: it is only ever written back to where it came from. */
export interface Origin {
  readonly protocol: Protocol;
  /** The channel (one account at one upstream); undefined where the client brought it and nobody knows. */
  readonly channelId: string | undefined;
  /** The upstream's own id of the model; undefined where nobody knows. */
  readonly model: string | undefined;
}

/** Proof that thinking is genuine, or the thinking itself, sealed: unreadable to all but its origin. */
export interface Signature {
  readonly origin: Origin;
  readonly blob: string;
}

/** Letters that hardly any text has in a row, so that looking for them in a large body costs next to nothing. */
const prefix = 'QxRelay1.';

/**
 * A signature as it travels through a client of another protocol, in that protocol's opaque slot: `QxRelay1.` and base64url of the
 * origin and the blob. It comes back with the next request of the conversation.
 */
export function sealSignature({ origin, blob }: Signature): string {
  const content = [origin.protocol, origin.channelId ?? null, origin.model ?? null, blob];
  return prefix + Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * A signature from a client's opaque slot: ours unwrapped, any other the client protocol's own.
 * @returns undefined where the slot is empty, or holds an envelope of ours that was damaged
 */
export function openSignature(slot: string | undefined, protocol: Protocol): Signature | undefined {
  if (!slot) return undefined;
  if (!slot.startsWith(prefix)) return { origin: { protocol, channelId: undefined, model: undefined }, blob: slot };
  try {
    const content: unknown = JSON.parse(Buffer.from(slot.slice(prefix.length), 'base64url').toString());
    if (!Array.isArray(content) || typeof content[0] !== 'string' || typeof content[3] !== 'string') return undefined;
    const origin = { protocol: content[0] as Protocol, channelId: textOf(content[1]), model: textOf(content[2]) };
    return { origin, blob: content[3] };
  } catch {
    return undefined;
  }
}

/** How envelopes begin in a request's JSON: as they are, a variant of them (anthropic/), and in base64 (gemini/). */
const envelopes = [Buffer.from('QxRelay1'), Buffer.from('UXhSZWxh')];

/** Whether a request's body may hold signatures that we sealed for its client: an upstream would refuse them as they are. */
export function mayHoldSignatures(body: Buffer): boolean {
  return envelopes.some((beginning) => body.includes(beginning));
}

/** Whether a signature may be written into a request for this target. What the client brought itself is taken at its word. */
export function isAtHome({ origin }: Signature, target: Origin): boolean {
  return (
    origin.protocol === target.protocol &&
    (origin.channelId === undefined || origin.channelId === target.channelId) &&
    (origin.model === undefined || origin.model === target.model)
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
