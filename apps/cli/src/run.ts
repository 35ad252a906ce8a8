import { readArguments } from './commands/arguments.ts';
import { configSwitch } from './commands/config-switch.ts';
import { doctor } from './commands/doctor.ts';
import { init } from './commands/init.ts';
import type { Session } from './commands/session.ts';
import { undoAll } from './commands/undo.ts';
import { BrokenState } from './profiles/store.ts';
import { UserError } from './user-error.ts';

export interface Outputs {
  readonly version: string;
  /** For what went wrong, in one line. */
  readonly printError: (line: string) => void;
}

/** The whole command. Returns its exit code: 0, or 1 for whatever its reader has to see to. */
export async function run(given: readonly string[], session: Session, outputs: Outputs): Promise<number> {
  try {
    return await runCommand(given, session, outputs);
  } catch (error) {
    const { texts } = session;
    if (error instanceof UserError) outputs.printError(error.message);
    else if (error instanceof BrokenState) outputs.printError(texts.error.brokenState(error.path));
    else if (isFileError(error)) outputs.printError(texts.error.files(error.message));
    else throw error;
    return 1;
  }
}

async function runCommand(given: readonly string[], session: Session, { version }: Outputs): Promise<number> {
  const { texts, print } = session;
  const { command, words, options } = readArguments(given, texts);
  if (options.version) {
    print(version);
    return 0;
  }
  if (options.help || command === undefined) {
    print(texts.help.trimEnd());
    return options.help ? 0 : 1;
  }
  const most = command === 'config-switch' ? 1 : 0;
  const spare = words[most];
  if (spare !== undefined) throw new UserError(texts.error.tooMany(spare));
  if (command === 'init') return init(options, session);
  if (command === 'config-switch') return configSwitch(words, options, session);
  if (command === 'doctor') return doctor(options, session);
  if (command === 'undo') return undoAll(options, session);
  throw new UserError(texts.error.unknownCommand(command));
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
