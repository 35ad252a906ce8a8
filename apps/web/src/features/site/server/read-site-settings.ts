import type { PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';

const shape = {
  siteName: z.string().min(1).catch('AI-Bridge'),
  showBalanceAs: z.enum(['tokens', 'money']).catch('tokens'),
  signUp: z.enum(['open', 'closed']).catch('open'),
};
const schema = z.object(shape);

/** The site's settings that the console shows or obeys; a missing or unreadable one has its default. */
export async function readSiteSettings(prisma: PrismaSession): Promise<z.infer<typeof schema>> {
  const rows = await prisma.setting.findMany({ where: { key: { in: Object.keys(shape) } } });
  return schema.parse(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}
