import {
  beginTwoFactor,
  confirmTwoFactor,
  replaceRecoveryCodes,
  switchOffTwoFactor,
  type TwoFactorCall,
} from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import QRCode from 'qrcode';
import { requireOwnPassword, throttled } from './own-secrets.ts';
import { actorOf, type SignedIn } from './signed-in.ts';
import { tellPerson } from './tell-person.ts';

const callOf = (call: SignedIn): TwoFactorCall => ({
  userId: call.session.user.id,
  pepper: call.deps.keyPepper,
  now: new Date(call.deps.clock.now()),
  actor: actorOf(call),
});

/** A new secret as text and as a picture for the authenticator app; in force by its first code. @throws AccessError('two_factor_on') */
export async function beginEnrolment(call: SignedIn): Promise<{ readonly secret: string; readonly qrCode: string }> {
  const { prisma } = call.deps;
  const { siteName } = await readSettings(prisma);
  const { secret, uri } = await beginTwoFactor(prisma, callOf(call), { siteName, email: call.session.user.email });
  const svg = await QRCode.toString(uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  return { secret, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

/** @returns the recovery codes, this once. @throws AccessError: code_wrong, two_factor_on, two_factor_off; too_many_attempts */
export async function confirmEnrolment(call: SignedIn, code: string): Promise<{ readonly recoveryCodes: string[] }> {
  const { prisma, sessions } = call.deps;
  const recoveryCodes = await throttled(call, () => confirmTwoFactor(prisma, callOf(call), code));
  await tellPerson(prisma, call.deps, call.session.user, { news: 'two_factor_on' });
  sessions.forgetAll();
  return { recoveryCodes };
}

/** @throws AccessError: password_wrong, code_wrong, two_factor_off; too_many_attempts */
export async function switchOff(
  call: SignedIn,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<void> {
  const { prisma, sessions } = call.deps;
  await requirePasswordIfAny(call, password);
  await throttled(call, () => switchOffTwoFactor(prisma, callOf(call), code));
  await tellPerson(prisma, call.deps, call.session.user, { news: 'two_factor_off' });
  sessions.forgetAll();
}

/** @returns new recovery codes in the place of all old ones. @throws AccessError: code_wrong, two_factor_off; too_many_attempts */
export async function renewCodes(call: SignedIn, code: string): Promise<{ readonly recoveryCodes: string[] }> {
  const { prisma } = call.deps;
  return { recoveryCodes: await throttled(call, () => replaceRecoveryCodes(prisma, callOf(call), code)) };
}

/** Who signs in by another site alone has no password to ask for. */
async function requirePasswordIfAny(call: SignedIn, password: string): Promise<void> {
  const { id } = call.session.user;
  const withPassword = { where: { id, passwordHash: { not: null } } };
  if ((await call.deps.prisma.user.count(withPassword)) > 0) await requireOwnPassword(call, password);
}
