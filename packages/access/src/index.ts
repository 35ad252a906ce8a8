export * from './access-error.ts';
export { isAddressBlock } from './addresses.ts';
export type { Actor, AuditEntry } from './audit.ts';
export { writeAudit } from './audit.ts';
export * from './audit-trail.ts';
export * from './caller.ts';
export * from './config/apply-organizations.ts';
export * from './config/organizations-section.ts';
export * from './find-organizations.ts';
export type { GrantCredit } from './grant-credit.ts';
export { createApiKey, importApiKey, maxLiveKeys, type NewApiKey, type Pepper } from './keys/create.ts';
export * from './keys/digest.ts';
export { type FoundKey, findKeys } from './keys/find-by-prefix.ts';
export * from './keys/find-caller.ts';
export { generateKey, isWellFormedKey, keyPattern, longestShownPrefix } from './keys/format.ts';
export * from './keys/manage.ts';
export { type KeyUse, noteKeyUses } from './keys/note-use.ts';
export { openPlaygroundSecret, playgroundSecretMs } from './keys/playground-secret.ts';
export { revokeAllApiKeys } from './keys/revoke-all.ts';
export * from './keys/rotate.ts';
export { type KeyChange, type KeySettings, keyChangeSchema, keySettingsSchema } from './keys/settings.ts';
export type { ApiKeyView } from './keys/view.ts';
export { limitsOfJson } from './limits.ts';
export { maxNameLength } from './names.ts';
export * from './organizations.ts';
export { addOwnKey, maxOwnKeys, type NewOwnKey, type SealOwnKey } from './own-keys/add.ts';
export { maxCredentialLength } from './own-keys/credential.ts';
export { findOwnKey, type SealedOwnKey } from './own-keys/find.ts';
export * from './own-keys/manage.ts';
export type { OwnKeyView } from './own-keys/view.ts';
export * from './people/delete-account.ts';
export { normalizeEmail } from './people/email.ts';
export * from './people/find-people.ts';
export * from './people/identities.ts';
export { hashPassword, maxPasswordLength, minPasswordLength, verifyPassword } from './people/password.ts';
export * from './people/profile.ts';
export * from './people/sessions.ts';
export * from './people/staff.ts';
export { setUserSuspended } from './people/suspend-user.ts';
export * from './people/throttle.ts';
export * from './people/tickets.ts';
export { authenticateUser, type Registration, registerUser, type SignedInUser } from './people/users.ts';
export * from './permissions.ts';
export * from './read-audit-log.ts';
export * from './staff-notes.ts';
export * from './team/accept-invitation.ts';
export {
  findInvitation,
  inviteMember,
  listInvitations,
  maxInvitationTokenLength,
  maxOpenInvitations,
  type OpenInvitation,
  renewInvitation,
  type SentInvitation,
  withdrawInvitation,
} from './team/invitations.ts';
export {
  type KeysOfMember,
  listMembers,
  maxMembers,
  removeMember,
  setMemberLimits,
  setMemberRole,
  type TeamMember,
} from './team/members.ts';
export * from './team/own-organizations.ts';
export { spendLimitsSchema } from './team/spend-limits.ts';
export { recoveryCodeCount } from './two-factor/recovery-codes.ts';
export { totpCode, totpStep } from './two-factor/totp.ts';
export * from './two-factor/two-factor.ts';
