import type { Limits, SpendLimits } from '@ai-bridge/domain';
import type { SealedOwnKey } from './own-keys/find.ts';
import type { StaffRole } from './permissions.ts';

/** Who a relay key speaks for: what the worker keeps in memory of a key that was found and is usable. */
export interface Caller {
  readonly keyId: string;
  readonly keyName: string;
  readonly prefix: string;
  readonly last4: string;
  readonly group: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly organizationSuspended: boolean;
  /** Public model ids; empty = all. */
  readonly models: ReadonlySet<string>;
  /** CIDR blocks; empty = anywhere. */
  readonly allowedAddresses: readonly string[];
  readonly strict: boolean;
  readonly keyLimits: Limits;
  readonly organizationLimits: Limits;
  readonly spendLimits: SpendLimits | undefined;
  /** Of the member who made the key; undefined: they have no cap, or are no member any more. */
  readonly memberSpend: MemberSpendLimits | undefined;
  /** Where who made the key is a member still and of the staff. */
  readonly staff: KeyStaff | undefined;
  /** When the key, or the secret that was presented for it, stops working. */
  readonly expiresAt: Date | undefined;
  /** The organization's own keys with providers that are switched on, in the order in which they are tried. */
  readonly ownKeys: readonly SealedOwnKey[];
}

/** The staff's role of who made a key. */
export interface KeyStaff {
  readonly role: StaffRole;
  readonly hasTwoFactor: boolean;
}

/** What all keys of one member may spend together. */
export interface MemberSpendLimits {
  readonly userId: string;
  readonly limits: SpendLimits;
}

/** NOTIFY channel for changes of keys and organizations. The payload is `key:<id>` or `organization:<id>`. */
export const accessChangedChannel = 'bridge_access';
