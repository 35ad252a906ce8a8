import { text } from 'node:stream/consumers';
import manifest from '../package.json' with { type: 'json' };
import { nodeDisk } from './disk/node-disk.ts';
import { readSurroundings } from './env.ts';
import { chooseLanguage } from './language/choose-language.ts';
import { textsOf } from './language/texts-of.ts';
import { openStore } from './profiles/store.ts';
import { run } from './run.ts';
import { terminalPrompts } from './terminal.ts';
import { ownFolder, pathsFor } from './tools/places.ts';

const surroundings = readSurroundings();
const { join } = pathsFor(surroundings.platform);
const store = openStore({ folder: ownFolder(surroundings), disk: nodeDisk, join, now: () => new Date() });
const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;

// Whoever reads what is printed may stop reading, as `head` does: no failure of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(
  process.argv.slice(2),
  {
    machine: { surroundings, disk: nodeDisk, store },
    texts: textsOf(chooseLanguage(surroundings.variables)),
    prompts: isTerminal ? terminalPrompts : undefined,
    fetch,
    readInput: () => text(process.stdin),
    print: (line) => void process.stdout.write(`${line}\n`),
  },
  { version: manifest.version, printError: (line) => void process.stderr.write(`${line}\n`) },
);
