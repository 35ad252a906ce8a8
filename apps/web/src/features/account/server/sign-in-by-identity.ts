import { type IdentityProvider, identityProviders, userOfIdentity } from '@ai-bridge/access';
import { maintenanceOf, readSettings } from '@ai-bridge/catalog';
import type { Deps } from '#server/deps.ts';
import type { ProviderProfile } from '#server/identity-providers.ts';
import { enter, type SignInOutcome, type SignInPlace } from './sign-in.ts';
import { giveSignUpBonus } from './sign-up-bonus.ts';

export type IdentityRefusal =
  | 'suspended'
  | 'email_unverified'
  | 'not_linked'
  | 'sign_up_closed'
  | 'maintenance'
  | 'too_many_attempts';

export interface IdentitySignIn {
  readonly provider: string;
  readonly subject: string;
  readonly profile: ProviderProfile;
  readonly locale: string;
}

/** Signs somebody in by who another site says they are; a second factor is asked for all the same. */
export async function signInByIdentity(
  deps: Deps,
  { provider, subject, profile, locale }: IdentitySignIn,
  place: SignInPlace,
): Promise<Exclude<SignInOutcome, { refusal: unknown }> | { readonly refusal: IdentityRefusal }> {
  if (!(await deps.accountThrottle.admit('signInFromAddress', place.address))) return { refusal: 'too_many_attempts' };
  const settings = await readSettings(deps.prisma);
  const isHeld = maintenanceOf(settings, new Date(deps.clock.now())) !== undefined;
  const mayJoin = settings.signUp === 'open' && !isHeld;
  const identity = {
    provider: knownProvider(provider),
    subject,
    email: profile.email ?? undefined,
    isEmailVerified: profile.email_verified === true,
    name: profile.name ?? undefined,
  };
  const outcome = await userOfIdentity(deps.prisma, identity, {
    ...{ newcomerLimits: mayJoin ? settings.signUpLimits : undefined, locale },
    now: new Date(deps.clock.now()),
    also: (session, { organizationId }) => giveSignUpBonus(session, organizationId, settings),
    actor: { kind: 'console', address: place.address, requestId: place.requestId },
  });
  if ('refusal' in outcome) {
    const isForNow = outcome.refusal === 'sign_up_closed' && settings.signUp === 'open';
    return isForNow ? { refusal: 'maintenance' } : outcome;
  }
  const user = await deps.prisma.user.findUniqueOrThrow({ where: { id: outcome.userId } });
  const entered = await enter(deps, user, identity.provider, place);
  return 'refusal' in entered ? { refusal: 'suspended' } : entered;
}

function knownProvider(text: string): IdentityProvider {
  const provider = identityProviders.find((known) => known === text);
  if (!provider) throw new Error(`no identity provider is called ${text}`);
  return provider;
}
