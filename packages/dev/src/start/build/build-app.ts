import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../user-error.ts';
import type { Child, ChildSpec } from '../children/child.ts';
import { hashSources } from './source-hash.ts';

export interface BuildSpec {
  readonly name: string;
  /** Files and folders whose content decides whether to build again, relative to the root. */
  readonly sources: readonly string[];
  /** What the build makes; built again when it is missing. */
  readonly output: string;
  readonly process: Omit<ChildSpec, 'name'>;
}

/**
 * Builds an app unless its output stands and was made from these same sources.
 * @param run starts the builder, supervised like every other process
 * @throws UserError with the builder's last lines
 */
export async function buildApp(
  root: string,
  spec: BuildSpec,
  run: (spec: ChildSpec) => Child,
): Promise<'built' | 'fresh'> {
  const stampFile = path.join(path.dirname(spec.output), '.bridge-sources');
  const stamp = hashSources(root, spec.sources);
  if (fs.existsSync(spec.output) && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp)
    return 'fresh';
  fs.rmSync(stampFile, { force: true });
  const builder = run({ name: `build of the ${spec.name}`, ...spec.process });
  const { code } = await builder.exited;
  if (code !== 0) {
    throw new UserError([`Building the ${spec.name} failed. Its last lines:`, ...builder.lastLines()].join('\n  '));
  }
  fs.writeFileSync(stampFile, stamp);
  return 'built';
}
