import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sealingPublicKey } from '@ai-bridge/catalog';
import { UserError } from '../user-error.ts';

const names = ['NEXTAUTH_SECRET', 'BRIDGE_KEY_PEPPER', 'BRIDGE_SEALING_KEY'] as const;
const secretBytes = 32;

export type Secrets = Readonly<Record<(typeof names)[number], string>>;

/**
 * The installation's secrets: from the environment where set, else from DATA_DIR/secrets.env, which is made once with
 * mode 0600. Each generated one is 32 random bytes in base64url.
 * @param hasData whether this data folder holds a database already: then a missing secret is a lost one, and making a
 *   new one would silently lock out every key and credential
 * @throws UserError when a secret is lost or too short, or the file is not readable as lines of NAME=value
 */
export function loadSecrets(
  dataFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
  hasData: boolean,
): Secrets {
  const file = path.join(dataFolder, 'secrets.env');
  const stored = fs.existsSync(file) ? parseLines(fs.readFileSync(file, 'utf8'), file) : new Map<string, string>();
  const made = new Map<string, string>();
  const pick = (name: (typeof names)[number]): string => {
    const known = environment[name]?.trim() || stored.get(name);
    if (known) return known;
    if (hasData && name !== 'NEXTAUTH_SECRET') {
      throw new UserError(
        `${name} is missing: ${file} does not hold it, but the database beside it was made with one. Bring the file back from your backup, or set ${name}.`,
      );
    }
    const fresh = randomBytes(secretBytes).toString('base64url');
    made.set(name, fresh);
    return fresh;
  };
  const secrets = Object.fromEntries(names.map((name) => [name, pick(name)])) as Secrets;
  requireSealing(secrets.BRIDGE_SEALING_KEY);
  if (made.size > 0) writePrivately(file, new Map([...stored, ...made]));
  else if (fs.existsSync(file)) fs.chmodSync(file, 0o600);
  return secrets;
}

/** One that nothing can be sealed with would otherwise show only when the first channel is made. */
function requireSealing(sealingKey: string): void {
  try {
    sealingPublicKey(sealingKey);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

function parseLines(text: string, file: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const match = /^([A-Z_]+)=(.*)$/.exec(line.trim());
    if (!match) throw new UserError(`${file} line ${index + 1} is not of the form NAME=value.`);
    values.set(match[1] as string, match[2] as string);
  }
  return values;
}

function writePrivately(file: string, values: ReadonlyMap<string, string>): void {
  const lines = [...values].map(([name, value]) => `${name}=${value}`);
  const text = `# Made by the first start. Keep a copy: without it no API key and no channel credential can be read.\n${lines.join('\n')}\n`;
  writeFilePrivately(file, text);
}

/** Replaces a file in one step, readable by its owner alone from the first moment. */
export function writeFilePrivately(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, text, { mode: 0o600, flush: true });
  fs.renameSync(draft, file);
}
