import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOrganizationAudit, listPersonAudit } from './audit-trail.ts';
import { findOrganizations } from './find-organizations.ts';
import { findKeys } from './keys/find-by-prefix.ts';
import { findPeopleWithAccounts } from './people/find-people.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.query(
    `INSERT INTO organization (id, name) SELECT 'org_' || n, 'Name ' || n FROM generate_series(1, 20000) n`,
  );
  await db.database.query(
    `INSERT INTO "user" (id, email, name) SELECT 'usr_' || n, n || '@example.com', 'n' FROM generate_series(1, 20000) n`,
  );
  await db.database.query(
    `INSERT INTO member (organization_id, user_id, role) SELECT 'org_' || n, 'usr_' || n, 'owner' FROM generate_series(1, 20000) n`,
  );
  await db.database.query(
    `INSERT INTO api_key (id, organization_id, name, digest, prefix, last4)
     SELECT 'key_' || n, 'org_' || n, 'n', decode(lpad(to_hex(n), 8, '0'), 'hex'), 'ab-' || n, 'last' FROM generate_series(1, 20000) n`,
  );
  await db.database.query(
    `INSERT INTO api_key_secret (id, api_key_id, digest, prefix, last4, purpose, works_until)
     SELECT 'sec_' || n, 'key_' || n, decode(lpad(to_hex(n), 8, '0'), 'hex'), 'ab-' || n, 'last', 'rotated', now() FROM generate_series(1, 20000) n`,
  );
  await db.database.query(
    `INSERT INTO audit_log (actor_kind, action, target, organization_id)
     SELECT 'console', (ARRAY['apiKey.create', 'staff.view', 'order.paid'])[1 + n % 3], 'x', 'org_' || (n % 2000) FROM generate_series(1, 60000) n`,
  );
  await db.database.query('ANALYZE');
});
afterAll(() => db.drop());

/** What Postgres does for a query, on the tables as they are. */
async function planOf(run: (sql: Parameters<typeof findKeys>[0]) => Promise<unknown>): Promise<string> {
  let plan = '';
  await run({
    async query<Row extends object>(text: string, values: readonly unknown[] = []) {
      const rows = await db.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
      plan += rows.map((row) => row['QUERY PLAN']).join('\n');
      return [] as Row[];
    },
  });
  return plan;
}

const limit = 51;
const before = { at: new Date(), id: '999999999' };
const organizationId = 'org_7';

test('nothing that staff look for reads a table from end to end', async () => {
  const searches = {
    keys: (sql) => findKeys(sql, 'ab-1234'),
    key: (sql) => findKeys(sql, 'key_7'),
    people: (sql) => findPeopleWithAccounts(sql, { text: '1234', limit }),
    person: (sql) => findPeopleWithAccounts(sql, { text: 'usr_7', limit }),
    staff: (sql) => findPeopleWithAccounts(sql, { text: '', part: 'staff', limit }),
    allPeople: (sql) => findPeopleWithAccounts(sql, { text: '', before, limit }),
    organizations: (sql) => findOrganizations(sql, { beginning: 'name 1234', limit }),
    allOrganizations: (sql) => findOrganizations(sql, { beginning: '', before, limit }),
    suspended: (sql) => findOrganizations(sql, { beginning: '', isSuspended: true, limit }),
    keyHistory: (sql) => listOrganizationAudit(sql, { organizationId, part: 'keys', before, limit }),
    looks: (sql) => listOrganizationAudit(sql, { organizationId, part: 'looks', before, limit }),
    changes: (sql) => listOrganizationAudit(sql, { organizationId, part: 'changes', before, limit }),
    signIns: (sql) => listPersonAudit(sql, { userIds: ['usr_7'], part: 'signIns', before, limit }),
    accounts: (sql) => listPersonAudit(sql, { userIds: ['usr_7'], part: 'accounts', before, limit }),
  } satisfies Record<string, (sql: Parameters<typeof findKeys>[0]) => Promise<unknown>>;
  for (const [name, search] of Object.entries(searches)) {
    const plan = await planOf(search);
    expect(plan, name).toContain('Index');
    expect(plan, `${name}\n${plan}`).not.toMatch(/Seq Scan on (?!two_factor)/);
  }
});
