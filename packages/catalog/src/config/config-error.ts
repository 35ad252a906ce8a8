/** One thing that is wrong in a config file. */
export interface ConfigProblem {
  /** Where: channels[0].baseUrl; empty for the file as a whole. */
  readonly path: string;
  /** What was expected there. Never quotes a value, which may be a secret. */
  readonly message: string;
}

/** A config file that cannot be applied; the message has a line per problem: file, path, what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly file: string;
  readonly problems: readonly ConfigProblem[];

  constructor(file: string, problems: readonly ConfigProblem[]) {
    super(problems.map(({ path, message }) => [file, path, message].filter(Boolean).join(': ')).join('\n'));
    this.file = file;
    this.problems = problems;
  }
}

/** A zod or YAML path as people write it: ['channels', 0, 'baseUrl'] -> channels[0].baseUrl */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text ? `.${String(part)}` : String(part);
  }
  return text;
}
