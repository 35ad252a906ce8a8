/** What this site reads at its payment provider: without one of them, payments or refunds are not followed. */
export const readMatters = ['checkouts', 'payments', 'refunds', 'disputes', 'events'] as const;
export type ReadMatter = (typeof readMatters)[number];

/**
 * Why keys did not pass: the provider does not take them; it was not reached; it takes them and lets them do nothing from here; it failed
 * itself, or has been asked too much.
 */
export type KeysFailure = 'key_refused' | 'not_reached' | 'nothing_allowed' | 'provider_failed';

export interface KeysAccount {
  readonly id: string;
  /** As its owner called it, where they did. */
  readonly name: string | undefined;
  /** Two letters. */
  readonly country: string | undefined;
  /** False: the provider wants more from the owner first. */
  readonly takesPayments: boolean;
}

/** What the provider has of the address that events have to come to; `unseen`: these keys may not know. */
export interface WebhookCheck {
  readonly state: 'ready' | 'incomplete' | 'disabled' | 'missing' | 'unseen';
  /** Kinds of events that are not sent there and should be. */
  readonly missingEvents: readonly string[];
}

/** What a provider said to keys that were tried. Nothing of the keys is in it. */
export type KeysCheck =
  | {
      readonly works: false;
      readonly failure: KeysFailure;
      /** The provider's own name of the call, for its support. */
      readonly providerRequestId: string | undefined;
    }
  | {
      readonly works: true;
      readonly livemode: boolean;
      /** The keys may do only some things: what they may write is not tried. */
      readonly isRestricted: boolean;
      /** Undefined where these keys may not know. */
      readonly account: KeysAccount | undefined;
      readonly unreadable: readonly ReadMatter[];
      readonly webhook: WebhookCheck;
    };
