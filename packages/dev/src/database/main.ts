import { deployMigrations, prismaFolder, schemaDrift } from '@ai-bridge/db/migrate';
import { repositoryRoot } from '../root.ts';
import { openDatabase } from '../start/database.ts';
import { readStartEnv } from '../start/env.ts';
import { lockDataFolder } from '../start/lock.ts';
import { UserError } from '../user-error.ts';

const usage = `npm run db -- <migrate|drift>
  migrate  applies what is missing of prisma/migrations
  drift    shows how prisma/schema differs from the migrations (nothing when they agree)`;

/**
 * Looks after the schema of DATABASE_URL, or of the embedded database while AI-Bridge does not run.
 * @returns the exit code: 1 where `drift` found a difference
 */
export async function runDatabaseCommand([command]: readonly string[]): Promise<number> {
  if (command !== 'migrate' && command !== 'drift') throw new UserError(usage);
  const env = readStartEnv(process.env);
  const lock = env.databaseUrl ? undefined : await lockDataFolder(env.dataFolder);
  const database = await openDatabase(env);
  const folder = prismaFolder(repositoryRoot);
  try {
    if (command === 'migrate') {
      const applied = await deployMigrations(database.url, folder);
      console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
      return 0;
    }
    const drift = await schemaDrift(database.url, folder);
    console.log(drift || 'Schema and migrations agree.');
    return drift ? 1 : 0;
  } finally {
    await database.stop('fast');
    lock?.release();
  }
}
