import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Where the schema and the migrations live: the prisma/ folder at the root. */
export interface PrismaFolder {
  readonly schema: string;
  readonly migrations: string;
}

export function prismaFolder(root: string): PrismaFolder {
  return { schema: path.join(root, 'prisma/schema'), migrations: path.join(root, 'prisma/migrations') };
}

/** [path, content] of each schema file, sorted. */
export function readDatamodels(folder: PrismaFolder): [string, string][] {
  return fs
    .readdirSync(folder.schema)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => [path.join(folder.schema, name), fs.readFileSync(path.join(folder.schema, name), 'utf8')]);
}

/** Names of the migrations, oldest first. */
export function migrationNames(folder: PrismaFolder): string[] {
  return fs
    .readdirSync(folder.migrations, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function readMigration(folder: PrismaFolder, name: string): string {
  return fs.readFileSync(path.join(folder.migrations, name, 'migration.sql'), 'utf8');
}

/** The migrations as the schema engine takes them. */
export function migrationsList(folder: PrismaFolder): object {
  const lock = path.join(folder.migrations, 'migration_lock.toml');
  return {
    baseDir: folder.migrations,
    lockfile: {
      path: 'migration_lock.toml',
      content: fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(folder).map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readMigration(folder, name) } },
    })),
  };
}

/** A hash over all migrations: equal hash, equal database. */
export function migrationsHash(folder: PrismaFolder): string {
  const hash = createHash('sha256');
  for (const name of migrationNames(folder))
    hash.update(name).update('\0').update(readMigration(folder, name)).update('\0');
  return hash.digest('hex');
}
