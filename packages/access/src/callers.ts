/** What a worker needs of this package: who a key speaks for. Passwords and people stay out of its process. */
export { isAddressBlock } from './addresses.ts';
export * from './caller.ts';
export { keyDigest } from './keys/digest.ts';
export { findCaller } from './keys/find-caller.ts';
export { isWellFormedKey } from './keys/format.ts';
export { type KeyUse, noteKeyUses } from './keys/note-use.ts';
export { findOwnKey, type SealedOwnKey } from './own-keys/find.ts';
export { can, type Permission } from './permissions.ts';
