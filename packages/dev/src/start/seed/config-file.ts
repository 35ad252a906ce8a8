import fs from 'node:fs';
import { AccessError, applyOrganizations, organizationsSection } from '@ai-bridge/access';
import { applyConfig, parseConfig } from '@ai-bridge/catalog';
import type { PrismaClient } from '@ai-bridge/db';
import { grantCredit } from '@ai-bridge/ledger';
import { UserError } from '../../user-error.ts';
import type { Secrets } from '../secrets.ts';

const ownedElsewhere = { organizations: organizationsSection };

/** A checked BRIDGE_CONFIG file. */
export interface ConfigFile {
  readonly fileName: string;
  readonly content: ReturnType<typeof parseConfig<typeof ownedElsewhere>>;
}

/**
 * Reads and checks the whole file before anything is started.
 * @throws UserError when it cannot be read, ConfigError with a line for each thing that is wrong in it
 */
export function readConfigFile(fileName: string): ConfigFile {
  let text: string;
  try {
    text = fs.readFileSync(fileName, 'utf8');
  } catch (error) {
    throw new UserError(`BRIDGE_CONFIG ${fileName} cannot be read: ${(error as Error).message}`);
  }
  return { fileName, content: parseConfig(text, fileName, ownedElsewhere) };
}

/**
 * Makes the database what the file says.
 * @throws ConfigError or UserError naming file and path
 */
export async function applyConfigFile(
  prisma: PrismaClient,
  { fileName, content }: ConfigFile,
  secrets: Pick<Secrets, 'BRIDGE_KEY_PEPPER' | 'BRIDGE_SEALING_KEY'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await applyConfig(prisma, content, { fileName, sealingKey: secrets.BRIDGE_SEALING_KEY, env });
  try {
    const options = { pepper: secrets.BRIDGE_KEY_PEPPER, grantCredit };
    await applyOrganizations(prisma, content.organizations ?? [], options);
  } catch (error) {
    if (error instanceof AccessError) throw new UserError(`${fileName}: ${error.message}`);
    throw error;
  }
}
