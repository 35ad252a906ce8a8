import pg from 'pg';
import { withSchemaEngine } from './engine.ts';
import { migrationNames, migrationsList, type PrismaFolder, readDatamodels } from './files.ts';

export { migrationsHash, type PrismaFolder, prismaFolder } from './files.ts';

const filters = { externalTables: [], externalEnums: [] };

/** Applies what is missing. Returns the names applied; asks the engine only when something is missing. */
export async function deployMigrations(url: string, folder: PrismaFolder): Promise<string[]> {
  const applied = await appliedMigrations(url);
  if (migrationNames(folder).every((name) => applied.has(name))) return [];
  const result = await withSchemaEngine(url, readDatamodels(folder), (engine) =>
    engine.applyMigrations({ migrationsList: migrationsList(folder), filters }),
  );
  return result.appliedMigrationNames;
}

/** SQL that turns the migrated database's schema into what the Prisma schema says; empty when they agree. */
export async function schemaDrift(url: string, folder: PrismaFolder): Promise<string> {
  const files = readDatamodels(folder).map(([path, content]) => ({ path, content }));
  const result = await withSchemaEngine(url, readDatamodels(folder), (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrationsList(folder) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters,
    }),
  );
  return result.exitCode === 0 ? '' : result.stdout;
}

async function appliedMigrations(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    return new Set(rows.map((row: { name: string }) => row.name));
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return new Set();
    throw error;
  } finally {
    await client.end();
  }
}
