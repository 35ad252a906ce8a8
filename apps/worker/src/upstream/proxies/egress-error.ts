/**
 * What went wrong on the way out, before the upstream had any of the request:
 * - `unreachable`: no connection to the proxy;
 * - `refused`: the proxy is there and does not let us through, in words or by silence;
 * - `upstream`: the proxy says that it cannot reach the upstream, which may be either's fault;
 * - `no_proxy`: no proxy of the channel's pool works.
 */
export type EgressErrorKind = 'unreachable' | 'refused' | 'upstream' | 'no_proxy';

/** A failure of the way out. The message names neither the proxy nor its URL: it stands on receipts. */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly kind: EgressErrorKind;

  constructor(kind: EgressErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }

  /** The channel behind the proxy has no part in it. */
  get isProxyFault(): boolean {
    return this.kind !== 'upstream';
  }
}
