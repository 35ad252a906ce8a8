import { auditFile } from '#features/audit/server/audit-file.ts';

export const dynamic = 'force-dynamic';

/** The audit log as CSV, by the query of its page. */
export const GET = auditFile;
