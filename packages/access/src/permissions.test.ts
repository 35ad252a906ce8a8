import { expect, test } from 'vitest';
import { can, organizationRoles, type Permission, permissions, readStaffRole, staffRoles } from './permissions.ts';

const all = Object.keys(permissions) as Permission[];

test('without a role nothing is allowed', () => {
  for (const permission of all) expect(can({}, permission)).toBe(false);
  for (const permission of all) expect(can({ organizationRole: null, staffRole: null }, permission)).toBe(false);
});

test('each role has what the table says, alone and beside another', () => {
  for (const permission of all) {
    const { organization, staff }: { organization: readonly string[]; staff: readonly string[] } =
      permissions[permission];
    for (const organizationRole of organizationRoles) {
      expect(can({ organizationRole }, permission)).toBe(organization.includes(organizationRole));
      for (const staffRole of staffRoles)
        expect(can({ organizationRole, staffRole }, permission)).toBe(
          organization.includes(organizationRole) || staff.includes(staffRole),
        );
    }
  }
});

test('auditors and viewers only read, but for what auditors keep for themselves alone', () => {
  const ofOneself: readonly Permission[] = ['savedView.keep'];
  for (const permission of all.filter((name) => !name.endsWith('.read') && !ofOneself.includes(name))) {
    expect([permission, can({ staffRole: 'auditor' }, permission)]).toEqual([permission, false]);
    expect([permission, can({ organizationRole: 'viewer' }, permission)]).toEqual([permission, false]);
  }
});

test('whoever changes prices or credit is watched by others, and nobody changes the log', () => {
  expect(can({ staffRole: 'finance' }, 'price.manage')).toBe(false);
  expect(can({ staffRole: 'operator' }, 'credit.grant')).toBe(false);
  for (const permission of ['price.manage', 'credit.grant', 'staff.manage'] as const)
    expect(can({ staffRole: 'auditor' }, permission)).toBe(false);
  expect(can({ staffRole: 'auditor' }, 'audit.read')).toBe(true);
  expect(Object.keys(permissions).filter((permission) => permission.startsWith('audit.'))).toEqual(['audit.read']);
});

test('no member and no staff role but the administrator names staff', () => {
  for (const staffRole of staffRoles) expect(can({ staffRole }, 'staff.manage')).toBe(staffRole === 'administrator');
  for (const organizationRole of organizationRoles) expect(can({ organizationRole }, 'staff.manage')).toBe(false);
});

test('a stored role that the table does not know is none', () => {
  expect(readStaffRole('root')).toBeUndefined();
  expect(readStaffRole('toString')).toBeUndefined();
});
