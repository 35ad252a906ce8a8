import { columnChanges, type PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { insertApiKey } from '../keys/create.ts';
import { keyDigest } from '../keys/digest.ts';
import { keyColumns } from '../keys/settings.ts';
import type { OrganizationConfig } from './organizations-section.ts';

type KeyConfig = NonNullable<OrganizationConfig['keys']>[number];

interface FileKeys {
  readonly organizationId: string;
  readonly keys: readonly KeyConfig[];
  /** Where the list stands in the file. */
  readonly path: string;
  readonly pepper: string;
  readonly actor: Actor;
}

/** Makes the organization's keys of the file (those nobody made by hand) what the file says. */
export async function applyKeys(session: PrismaSession, file: FileKeys): Promise<void> {
  const { organizationId } = file;
  const kept: string[] = [];
  for (const [index, key] of file.keys.entries())
    kept.push(await applyKey(session, file, key, `${file.path}[${index}]`));
  const left = await session.apiKey.findMany({
    where: { organizationId, createdByUserId: null, deletedAt: null, id: { notIn: kept } },
    select: { id: true },
  });
  for (const { id } of left) {
    await session.apiKey.update({ where: { id }, data: { deletedAt: new Date() } });
    await writeAudit(session, file.actor, { action: 'apiKey.delete', target: id, organizationId });
  }
}

/** Returns the id of the key's row. */
async function applyKey(session: PrismaSession, file: FileKeys, key: KeyConfig, path: string): Promise<string> {
  const { organizationId, actor } = file;
  const { secret, fallback, spendPerDayUsd, spendPerMonthUsd, ...named } = key;
  const strict = fallback === false;
  const settings = { ...named, spendPerDayNanoUsd: spendPerDayUsd, spendPerMonthNanoUsd: spendPerMonthUsd };
  const row = await session.apiKey.findUnique({ where: { digest: keyDigest(secret, file.pepper) } });
  if (!row) {
    const made = await insertApiKey(session, { ...settings, strict, organizationId, actor }, secret, file.pepper);
    return made.id;
  }
  if (row.organizationId !== organizationId)
    throw new AccessError('key_taken', 'expected a secret that no other organization has', `${path}.secret`);
  const columns = keyColumns({ ...settings, strict });
  const changed = columnChanges(row, columns);
  if (Object.keys(changed).length > 0) {
    await session.apiKey.update({ where: { id: row.id }, data: columns });
    const detail = { name: columns.name, changed };
    await writeAudit(session, actor, { action: 'apiKey.update', target: row.id, organizationId, detail });
  }
  if (row.deletedAt && (await wasDeletedByFile(session, row.id))) {
    await session.apiKey.update({ where: { id: row.id }, data: { deletedAt: null } });
    await writeAudit(session, actor, { action: 'apiKey.restore', target: row.id, organizationId });
  }
  return row.id;
}

/** What the file took away the file may give back; what a person revoked stays revoked, whatever the file says. */
async function wasDeletedByFile(session: PrismaSession, apiKeyId: string): Promise<boolean> {
  const last = await session.auditLog.findFirst({
    where: { target: apiKeyId, action: 'apiKey.delete' },
    orderBy: { id: 'desc' },
    select: { actorKind: true },
  });
  return last?.actorKind === 'config';
}
