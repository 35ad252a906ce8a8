import { can, type Permission } from '@ai-bridge/access/callers';
import type { SiteSettings } from '@ai-bridge/catalog';
import type { RelayCaller } from '../callers/relay-caller.ts';

/**
 * Whether a key was made by somebody on the staff who may do this. Staff without the second factor that the site demands of them are
 * customers here, too. A key of somebody who has left the staff since counts as theirs for half a minute more at most, which is how long
 * callers are kept.
 */
export function staffMay(
  { staff }: Pick<RelayCaller, 'staff'>,
  { requireTwoFactorForStaff }: SiteSettings,
  permission: Permission,
): boolean {
  if (staff === undefined || (requireTwoFactorForStaff && !staff.hasTwoFactor)) return false;
  return can({ staffRole: staff.role }, permission);
}
