import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAudit } from './audit.ts';
import { registerUser } from './people/users.ts';
import { readAuditLog } from './read-audit-log.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const read = (more: object = {}) => readAuditLog(db.database, { text: '', limit: 100, ...more });
const actions = async (more: object) => (await read(more)).map(({ action }) => action);

test('the log is read newest first, page by page, by area, by who did it and by what it was done to', async () => {
  const { userId, organizationId } = await registerUser(db.prisma, {
    ...{ email: 'Ada@Example.com', name: 'Ada', password: 'correct horse battery' },
  });
  const actor = { kind: 'console', userId, address: '10.0.0.1' } as const;
  await writeAudit(db.prisma, actor, {
    action: 'refund.approve',
    target: 'rfd_1',
    organizationId,
    detail: { why: 'x' },
  });
  await writeAudit(db.prisma, { kind: 'config' }, { action: 'channel.update', target: 'chn_1' });
  expect(await actions({})).toEqual(['channel.update', 'refund.approve', 'organization.create', 'user.create']);
  expect(await actions({ area: 'money' })).toEqual(['refund.approve']);
  expect(await actions({ text: 'ada@example.com' })).toEqual(['refund.approve']);
  expect(await actions({ text: organizationId })).toEqual(['refund.approve', 'organization.create']);
  expect(await actions({ text: 'chn_1' })).toEqual(['channel.update']);
  expect(await actions({ text: 'nobody@example.com' })).toEqual([]);
  const [first] = await read({ limit: 1 });
  expect(await actions({ before: first?.id })).toEqual(['refund.approve', 'organization.create', 'user.create']);
  expect((await read({ area: 'money' }))[0]).toMatchObject({
    ...{ actorKind: 'console', actorEmail: 'ada@example.com', organizationId, organizationName: 'Ada' },
    ...{ address: '10.0.0.1', detail: { why: 'x' } },
  });
});

test('a search reads by an index: a long log is not read whole', async () => {
  await db.database.query(
    `INSERT INTO audit_log (actor_kind, action, target, actor_user_id)
     SELECT 'console', 'session.open', 'usr_' || (n % 500), 'usr_' || (n % 500) FROM generate_series(1, 20000) n`,
    [],
  );
  await db.database.query('ANALYZE audit_log', []);
  for (const where of [
    `a.target = 'usr_7' OR a.actor_user_id = 'usr_7'`,
    `split_part(a.action, '.', 1) = ANY ('{refund}')`,
  ]) {
    const plan = await db.database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT * FROM audit_log a WHERE (${where}) ORDER BY a.id DESC LIMIT 51`,
      [],
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n'), where).not.toContain('Seq Scan');
  }
});
