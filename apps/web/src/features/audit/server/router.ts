import { readAuditLog } from '@ai-bridge/access';
import { z } from 'zod';
import { router, staffOnly } from '#server/trpc.ts';
import { auditParts, maxAuditSearchLength } from '../audit-filter.ts';

const pageSize = 50;

export const auditRouter = router({
  /** Who did what, newest first, a page at a time. */
  list: staffOnly('audit.read')
    .input(
      z.object({
        search: z.string().trim().max(maxAuditSearchLength).default(''),
        part: z.enum(auditParts).optional(),
        cursor: z
          .string()
          .regex(/^\d{1,19}$/)
          .optional(),
      }),
    )
    .query(async ({ ctx: { deps }, input: { search, part, cursor } }) => {
      const found = await readAuditLog(deps.database, {
        ...{ text: search, area: part, before: cursor === undefined ? undefined : BigInt(cursor), limit: pageSize + 1 },
      });
      const rows = found.slice(0, pageSize).map((row) => ({ ...row, id: String(row.id) }));
      return { rows, nextCursor: found.length > pageSize ? rows.at(-1)?.id : undefined };
    }),
});
