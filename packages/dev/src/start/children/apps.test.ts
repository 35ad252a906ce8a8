import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { repositoryRoot as root } from '../../root.ts';
import { readStartEnv } from '../env.ts';
import { type AppContext, bridgeApps } from './apps.ts';

const env = readStartEnv({});
const secret = () => randomBytes(32).toString('base64url');
const secrets = { NEXTAUTH_SECRET: secret(), BRIDGE_KEY_PEPPER: secret(), BRIDGE_SEALING_KEY: secret() };
const webIn = (mode: AppContext['mode']) =>
  bridgeApps.web({ root, env, secrets, databaseUrl: 'postgresql://127.0.0.1/bridge', mode });

test('the console hands out the command that was packed before it started, and none while developing', () => {
  const packed = webIn('start').env['COMMAND_FILE'];
  expect(bridgeApps.builds(root, env).map(({ output }) => output)).toContain(packed);
  expect(webIn('dev').env).not.toHaveProperty('COMMAND_FILE');
});
