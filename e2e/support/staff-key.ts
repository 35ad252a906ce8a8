import { createApiKey, registerUser, type StaffRole } from '@ai-bridge/access';
import type { Stack } from './stack.ts';
import { withPrisma } from './with-prisma.ts';

/** Makes a key of somebody with this role on the staff, in the organization that has the balance. @returns its secret */
export function staffKey(stack: Stack, role: StaffRole): Promise<string> {
  return withPrisma(stack, async (prisma) => {
    const { organizationId } = stack;
    const person = { email: `${role}@example.com`, name: role, password: 'long enough to be one' };
    const { userId } = await registerUser(prisma, person);
    await prisma.user.update({ where: { id: userId }, data: { staffRole: role } });
    await prisma.member.create({ data: { organizationId, userId, role: 'developer' } });
    const pepper = stack.environment['BRIDGE_KEY_PEPPER'] ?? '';
    return (await createApiKey(prisma, { organizationId, createdByUserId: userId, name: role }, { pepper })).secret;
  });
}
