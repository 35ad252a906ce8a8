import type { AppContext, Apps } from '../children/apps.ts';
import type { ChildSpec } from '../children/child.ts';
import { start } from '../main.ts';

/** An app of ten lines: answers everything with 200 and takes its time to end, as the real worker does. */
const program = `
const http = require('node:http');
const server = http.createServer((request, response) => {
  if (request.url === '/die') process.exit(7);
  response.end('ok');
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 100));
`;

function standIn(name: string, port: number, context: AppContext): ChildSpec {
  return {
    name,
    command: process.execPath,
    args: ['-e', program],
    cwd: context.root,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
    logFile: `${context.env.dataFolder}/logs/${name}.log`,
  };
}

const apps: Apps = {
  builds: () => [],
  worker: (context) => standIn('worker', context.env.workerPort, context),
  web: (context) => standIn('web console', context.env.webPort, context),
};

// The start command on stand-ins for both apps, run as a process of its own by its test.
try {
  process.exitCode = await start('start', apps);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
process.exit();
