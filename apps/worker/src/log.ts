/** One JSON line per event on standard error; strings are escaped by JSON, so nothing in them can forge a line. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, error: unknown, fields?: Readonly<Record<string, unknown>>): void;
}

/** @param speaker fields of every line, where several processes write to the same log */
export function createLog(write: (line: string) => void, speaker: Readonly<Record<string, unknown>> = {}): Log {
  const line = (level: string, message: string, fields: object) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), level, ...speaker, message, ...fields })}\n`);
  return {
    info: (message, fields = {}) => line('info', message, fields),
    error: (message, error, fields = {}) => line('error', message, { ...fields, error: describe(error) }),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  return `${error.name}${code ? ` ${code}` : ''}: ${error.stack ?? error.message}`;
}
