import { z } from 'zod';
import { signOut } from '#features/account/server/sessions.ts';
import { signInByCode, signInByPassword } from '#features/account/server/sign-in.ts';
import type { SignedIn } from '#features/account/server/signed-in.ts';
import type { Context } from '#server/context.ts';
import { requiresVerifiedEmail } from '#server/verified-email.ts';
import { ApiRefusal } from './refusal.ts';
import { route } from './route.ts';
import { balance, id, time } from './shapes.ts';
import { tokenOf } from './token.ts';
import { balanceView } from './views.ts';

const maxInputLength = 512;
const typed = z.string().min(1).max(maxInputLength);
const maxCodeLength = 64;

const organization = z.object({ id, name: z.string(), role: z.string(), suspended: z.boolean() });
const person = { id, username: z.string(), email: z.string() };

export const accountRoutes = [
  route({
    ...{ method: 'POST', path: '/register', name: 'register', access: 'public', status: 201 },
    input: { body: z.strictObject({ username: typed, email: typed, password: typed }) },
    output: z.object({ email: z.string(), emailVerificationRequired: z.boolean() }),
    // The same whether or not the address has an account: its owner is told by mail.
    async handle({ console, context, body: { username: name, email, password }, locale }) {
      await console.account.register({ name, email, password, locale });
      return { email, emailVerificationRequired: await requiresVerifiedEmail(context.deps) };
    },
  }),

  route({
    ...{ method: 'POST', path: '/login', name: 'login', access: 'public' },
    input: { body: z.strictObject({ email: typed, password: typed, code: z.string().max(maxCodeLength).optional() }) },
    output: z.object({ token: z.string(), expiresAt: time, user: z.object(person) }),
    async handle({ context, site, body }) {
      const session = await context.deps.sessions.find(await signIn(context, body));
      if (!session) throw new ApiRefusal({ status: 401, code: 'login_refused' });
      const { id: userId, name: username, email } = session.user;
      const token = await tokenOf(session.sessionId, site);
      return { token, expiresAt: session.expiresAt, user: { id: userId, username, email } };
    },
  }),

  route({
    ...{ method: 'POST', path: '/logout', name: 'logout', access: 'signedIn' },
    output: z.object({ ended: z.literal(true) }),
    async handle({ context }) {
      await signOut(signedIn(context));
      return { ended: true };
    },
  }),

  route({
    ...{ method: 'GET', path: '/me', name: 'me', access: 'signedIn' },
    output: z.object({
      ...person,
      ...{ emailVerified: z.boolean(), emailVerificationRequired: z.boolean(), twoFactor: z.boolean() },
      organization: organization.nullable(),
      organizations: z.array(organization),
      balance: balance.nullable(),
      tokenExpiresAt: time,
    }),
    async handle({ console, context }) {
      const { user, memberships, expiresAt } = signedIn(context).session;
      const organizations = memberships.map(({ organizationId, organizationName, organizationSuspended, role }) => {
        return { id: organizationId, name: organizationName, role, suspended: organizationSuspended };
      });
      const [first] = organizations;
      const [me, read] = await Promise.all([console.account.me(), first && console.balance.read({})]);
      return {
        ...{ id: user.id, username: me.name, email: me.email, emailVerified: me.isEmailVerified },
        ...{ emailVerificationRequired: me.isVerificationRequired, twoFactor: me.twoFactor.isOn },
        ...{ organization: first ?? null, organizations, balance: read ? balanceView(read) : null },
        tokenExpiresAt: expiresAt,
      };
    },
  }),
];

/** Who is signed in, which the dispatcher has made sure of. */
function signedIn(context: Context): SignedIn {
  const { session } = context;
  if (!session) throw new ApiRefusal({ status: 401, code: 'unauthenticated' });
  return { ...context, session };
}

/** The same two steps as on the page, in one request. @returns the session's id @throws ApiRefusal */
async function signIn(
  { deps, address, requestId, userAgent }: Context,
  { email, password, code }: { readonly email: string; readonly password: string; readonly code?: string | undefined },
): Promise<string> {
  const place = { address, requestId, userAgent };
  let outcome = await signInByPassword(deps, { email, password }, place);
  if ('ticket' in outcome) {
    if (!code) throw new ApiRefusal({ status: 401, code: 'second_factor_needed', field: 'code' });
    outcome = await signInByCode(deps, { ticket: outcome.ticket, code }, place);
  }
  if ('sessionId' in outcome) return outcome.sessionId;
  if ('waitMs' in outcome) throw new ApiRefusal({ status: 429, code: 'too_many_attempts', waitMs: outcome.waitMs });
  const isCodeWrong = 'refusal' in outcome && outcome.refusal === 'code_wrong';
  throw new ApiRefusal(
    isCodeWrong ? { status: 401, code: 'code_wrong', field: 'code' } : { status: 401, code: 'login_refused' },
  );
}
