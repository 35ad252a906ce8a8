import { can, type Permission, permissions, type Roles } from '@ai-bridge/access';

/** Every permission that these roles carry, for what a page offers. */
export function grantedTo(roles: Roles): readonly Permission[] {
  return (Object.keys(permissions) as Permission[]).filter((permission) => can(roles, permission));
}

/** What opens the staff's pages: each of them asks for one of these. */
const staffPages = [
  'organization.read',
  'channel.read',
  'group.read',
  'receipt.read',
  'order.read',
  'reconciliation.read',
  'mailbox.read',
] as const satisfies readonly Permission[];

/** Whether any of the staff's pages is open. */
export function isStaff({ staffRole }: Roles): boolean {
  return staffPages.some((permission) => can({ staffRole }, permission));
}
