import { createTestDatabase } from '@ai-bridge/testing';
import { expect, test } from 'vitest';
import { openPool } from './pool.ts';

test('a connection that is lost between two statements of a transaction fails the transaction, not the process', async () => {
  const test = await createTestDatabase();
  const pool = openPool({ url: test.url, maxConnections: 1, applicationName: 'lost' });
  const lost = pool.transaction(async (sql) => {
    const [row] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await test.database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    // Long enough for the news to arrive while no statement is under way.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql.query('SELECT 1');
  });
  await expect(lost).rejects.toThrow();
  expect(await pool.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await pool.close();
  await test.drop();
});
