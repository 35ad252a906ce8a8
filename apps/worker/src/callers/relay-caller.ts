import type { Caller, SealedOwnKey } from '@ai-bridge/access/callers';
import type { ChannelSnapshot } from '@ai-bridge/catalog';

/** A customer's own key with a provider, ready for use. It serves that customer alone. */
export interface OwnChannel {
  readonly channel: ChannelSnapshot;
  readonly last4: string;
  /** Requests for this provider's models go nowhere else. */
  readonly isExclusive: boolean;
}

/** Who a relay key speaks for, and the own keys that its requests may use. */
export interface RelayCaller extends Caller {
  /** In the order in which they are tried. */
  readonly ownChannels: readonly OwnChannel[];
}

/**
 * Opens a caller's own keys, once, as he is taken into memory.
 * @param open throws where the seal does not open: that key is left out
 */
export function withOwnChannels(
  caller: Caller,
  open: (key: SealedOwnKey) => ChannelSnapshot,
  onLeftOut: (key: { readonly id: string; readonly organizationId: string }) => void,
): RelayCaller {
  const ownChannels: OwnChannel[] = [];
  for (const key of caller.ownKeys) {
    try {
      ownChannels.push({ channel: open(key), last4: key.last4, isExclusive: key.isExclusive });
    } catch {
      onLeftOut({ id: key.id, organizationId: caller.organizationId });
    }
  }
  return { ...caller, ownChannels };
}
