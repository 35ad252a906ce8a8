export const organizationRoles = ['owner', 'billing', 'developer', 'viewer'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const staffRoles = ['support', 'finance', 'operator', 'administrator', 'auditor'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Who may do a thing: members within their own organization, staff on any organization and on the site. */
export interface Grant {
  readonly organization: readonly OrganizationRole[];
  readonly staff: readonly StaffRole[];
}

const everyMember = organizationRoles;
const nobody = [] as const;

/**
 * The one table of permissions: servers check it, the console draws by it, and a test walks it role by role.
 * What it does not name is refused. An administrator is not above everyone: nobody alone may change prices or credit
 * and also decide what is read about it, and no staff role acts on a customer's behalf beyond stopping a key.
 */
export const permissions = {
  'organization.read': {
    organization: everyMember,
    staff: ['support', 'finance', 'operator', 'administrator', 'auditor'],
  },
  'organization.update': { organization: ['owner'], staff: nobody },
  'organization.suspend': { organization: nobody, staff: ['support', 'operator', 'administrator'] },
  'organization.limit': { organization: nobody, staff: ['operator', 'administrator'] },
  /** What was changed at one customer, by whom, and who looked. Who may suspend or give credit alone does not decide what is read of it. */
  'customerHistory.read': { organization: nobody, staff: ['support', 'finance', 'auditor'] },
  'member.read': { organization: everyMember, staff: ['support', 'administrator', 'auditor'] },
  'member.manage': { organization: ['owner'], staff: nobody },
  'balance.read': { organization: everyMember, staff: ['support', 'finance', 'administrator', 'auditor'] },
  'ledger.read': { organization: ['owner', 'billing'], staff: ['support', 'finance', 'auditor'] },
  'order.read': { organization: ['owner', 'billing'], staff: ['support', 'finance', 'administrator', 'auditor'] },
  'order.create': { organization: ['owner', 'billing'], staff: nobody },
  /** Asking for money back, and taking that back. */
  'refund.request': { organization: ['owner', 'billing'], staff: nobody },
  'credit.read': { organization: nobody, staff: ['finance', 'administrator', 'auditor'] },
  'credit.grant': { organization: nobody, staff: ['finance', 'administrator'] },
  'usage.read': { organization: everyMember, staff: ['support', 'finance', 'administrator', 'auditor'] },
  'receipt.read': { organization: everyMember, staff: ['support', 'finance', 'auditor'] },
  'apiKey.read': { organization: everyMember, staff: ['support', 'operator', 'administrator'] },
  'apiKey.create': { organization: ['owner', 'developer'], staff: nobody },
  'apiKey.update': { organization: ['owner', 'developer'], staff: nobody },
  'apiKey.disable': { organization: ['owner', 'developer'], staff: ['support', 'operator', 'administrator'] },
  'apiKey.delete': { organization: ['owner', 'developer'], staff: nobody },
  /** Trying a key in the browser, which spends of the balance as the key does. */
  'playground.use': { organization: ['owner', 'developer'], staff: nobody },
  /** All keys of an organization at once and for good, as after a leak. */
  'apiKey.revokeAll': { organization: nobody, staff: ['administrator'] },
  /** Nobody sees the credential again, whatever the role. */
  'ownKey.read': { organization: everyMember, staff: ['support'] },
  'ownKey.manage': { organization: ['owner', 'developer'], staff: nobody },
  'ownKey.disable': { organization: ['owner', 'developer'], staff: ['support'] },
  'channel.read': { organization: nobody, staff: ['operator', 'administrator', 'auditor'] },
  /** Also trying one: by a test, or by requests with a key of one's own that go to it alone. */
  'channel.manage': { organization: nobody, staff: ['operator', 'administrator'] },
  'group.read': { organization: nobody, staff: ['finance', 'operator', 'administrator', 'auditor'] },
  /** A group's multiplier is a price. */
  'group.manage': { organization: nobody, staff: ['administrator'] },
  'price.read': { organization: nobody, staff: ['finance', 'operator', 'administrator', 'auditor'] },
  'price.manage': { organization: nobody, staff: ['administrator'] },
  'setting.read': { organization: nobody, staff: ['operator', 'administrator', 'auditor'] },
  'setting.manage': { organization: nobody, staff: ['administrator'] },
  /** What the operator tells people: banners and news, also before they are published. */
  'announcement.read': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator', 'auditor'] },
  'announcement.manage': { organization: nobody, staff: ['operator', 'administrator'] },
  'incident.read': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator', 'auditor'] },
  'incident.manage': { organization: nobody, staff: ['support', 'operator', 'administrator'] },
  'legalText.read': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator', 'auditor'] },
  'legalText.manage': { organization: nobody, staff: ['administrator'] },
  'user.read': { organization: nobody, staff: ['support', 'administrator', 'auditor'] },
  /** Ends all of a person's sessions. Of somebody of the staff: only with staff.manage, as with what follows. */
  'user.signOut': { organization: nobody, staff: ['support', 'administrator'] },
  /** Has a link mailed that sets a new password; nobody of the staff ever sees or sets one. */
  'user.resetPassword': { organization: nobody, staff: ['support', 'administrator'] },
  'user.suspend': { organization: nobody, staff: ['administrator'] },
  'staffNote.read': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator', 'auditor'] },
  'staffNote.write': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator'] },
  'staff.manage': { organization: nobody, staff: ['administrator'] },
  /** Refunds of any organization: ask for one in its name, approve or decline. Nobody approves what they asked for. */
  'refund.decide': { organization: nobody, staff: ['support', 'finance', 'administrator'] },
  /** Texts that staff keep for what they answer often. Support writes its own. */
  'reply.read': { organization: nobody, staff: ['support', 'finance', 'administrator', 'auditor'] },
  'reply.manage': { organization: nobody, staff: ['support', 'administrator'] },
  /** Filters of the staff's lists that somebody keeps for themselves, of the lists that they may open. Nobody else sees them. */
  'savedView.keep': { organization: nobody, staff: ['support', 'finance', 'operator', 'administrator', 'auditor'] },
  'plan.read': { organization: nobody, staff: ['support', 'finance', 'administrator', 'auditor'] },
  /** A plan is a price. */
  'plan.manage': { organization: nobody, staff: ['administrator'] },
  'reconciliation.read': { organization: nobody, staff: ['finance', 'administrator', 'auditor'] },
  'alarm.resolve': { organization: nobody, staff: ['finance', 'administrator'] },
  'balance.freeze': { organization: nobody, staff: ['finance', 'administrator'] },
  /** Mails that this site sent or keeps; secrets only where it is the one mailbox. */
  'mailbox.read': { organization: nobody, staff: ['support', 'administrator'] },
  'mailbox.retry': { organization: nobody, staff: ['support', 'administrator'] },
  'audit.read': { organization: ['owner'], staff: ['finance', 'administrator', 'auditor'] },
  /** Using the relay while it is held for maintenance, with a key of one's own: to try it before it is released. */
  'heldRelay.use': { organization: nobody, staff: ['operator', 'administrator'] },
  'system.read': { organization: nobody, staff: ['operator', 'administrator', 'auditor'] },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof permissions;

/** A person's roles: in the organization at hand, and on the staff. */
export interface Roles {
  readonly organizationRole?: OrganizationRole | null | undefined;
  readonly staffRole?: StaffRole | null | undefined;
}

/** Whether these roles carry the permission; either suffices. */
export function can(roles: Roles, permission: Permission): boolean {
  const grant: Grant = permissions[permission];
  return (
    (roles.organizationRole != null && grant.organization.includes(roles.organizationRole)) ||
    (roles.staffRole != null && grant.staff.includes(roles.staffRole))
  );
}

/** A stored role as the closed type; undefined for null and for anything the table does not know. */
export function readOrganizationRole(text: string | null): OrganizationRole | undefined {
  return organizationRoles.find((role) => role === text);
}

export function readStaffRole(text: string | null): StaffRole | undefined {
  return staffRoles.find((role) => role === text);
}
