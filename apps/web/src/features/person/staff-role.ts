import type { StaffRole } from '@ai-bridge/access';

/** Every role on the staff, as forms offer them: a page cannot load packages/access itself. */
export const staffRoleNames = [
  'support',
  'finance',
  'operator',
  'administrator',
  'auditor',
] as const satisfies readonly StaffRole[];
