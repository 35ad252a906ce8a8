import { repositoryRoot } from './root.ts';
import { UserError } from './user-error.ts';

const commands: Readonly<Record<string, () => Promise<number>>> = {
  start: async () => (await import('./start/main.ts')).start('start'),
  dev: async () => (await import('./start/main.ts')).start('dev'),
  test: async () => (await import('./test/main.ts')).runTests(repositoryRoot),
  db: async () => (await import('./database/main.ts')).runDatabaseCommand(process.argv.slice(3)),
  bench: async () => (await import('./bench/main.ts')).runBench(process.argv.slice(3)),
  'bench:usage': async () => (await import('./bench/usage/main.ts')).runUsageBench(process.argv.slice(3)),
};

/** Errors whose message is written for the person at the terminal, wherever they come from. */
const plainErrors = new Set(['UserError', 'ConfigError', 'AccessError']);

const [name = 'start'] = process.argv.slice(2);
// A closed terminal must not turn the last words into a crash.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
try {
  const command = commands[name];
  if (!command) throw new UserError(`Unknown command "${name}": it is one of ${Object.keys(commands).join(', ')}.`);
  process.exitCode = await command();
} catch (error) {
  const isPlain = error instanceof Error && plainErrors.has(error.name);
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
// Whatever still keeps the process alive is not waited for: everything it had to do is done.
process.exit();
