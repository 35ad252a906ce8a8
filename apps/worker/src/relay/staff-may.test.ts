import { type StaffRole, staffRoles } from '@ai-bridge/access';
import { defaultSettings } from '@ai-bridge/catalog';
import { expect, test } from 'vitest';
import { caller } from './plan-route.fixture.ts';
import { staffMay } from './staff-may.ts';

const by = (role?: StaffRole, hasTwoFactor = false) => caller({ staff: role && { role, hasTwoFactor } });
const strict = { ...defaultSettings, requireTwoFactorForStaff: true };

test('a key may what its maker may on the staff, by the table of permissions', () => {
  const may = (permission: 'channel.manage' | 'reply.manage') =>
    staffRoles.filter((role) => staffMay(by(role), defaultSettings, permission));
  expect(may('channel.manage')).toEqual(['operator', 'administrator']);
  expect(may('reply.manage')).toEqual(['support', 'administrator']);
});

test('a customer’s key may nothing of it', () => {
  expect(staffMay(by(), defaultSettings, 'channel.manage')).toBe(false);
  expect(staffMay(by(), strict, 'channel.manage')).toBe(false);
});

test('where staff need a second factor, a key of who has none is a customer’s', () => {
  expect(staffMay(by('administrator'), strict, 'channel.manage')).toBe(false);
  expect(staffMay(by('administrator', true), strict, 'channel.manage')).toBe(true);
});
