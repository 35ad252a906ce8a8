import {
  AccessError,
  deleteAccount,
  normalizeEmail,
  organizationsLeftWithoutOwner,
  readTwoFactor,
  spendCode,
} from '@ai-bridge/access';
import { BillingError, cancelOrder, forgetPaymentMethod, stopAutoTopUp } from '@ai-bridge/billing';
import { sqlOf } from '@ai-bridge/db';
import { readCreditParts } from '@ai-bridge/ledger';
import { forgetMailsTo } from '@ai-bridge/mail';
import { requireOwnPassword, throttled } from './own-secrets.ts';
import { actorOf, type SignedIn } from './signed-in.ts';
import { tellPerson } from './tell-person.ts';

const openRefundStates = ['requested', 'reserved', 'submitted'];

/** What would end with the caller's account, and what stands against it. Amounts in nano-USD. */
export async function previewDeletion({ deps, session }: SignedIn) {
  const { prisma } = deps;
  const userId = session.user.id;
  const [user, twoFactor, leftWithoutOwner, members] = await Promise.all([
    prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true, staffRole: true } }),
    readTwoFactor(prisma, userId),
    organizationsLeftWithoutOwner(prisma, userId),
    prisma.member.findMany({
      where: { userId },
      include: { organization: { select: { name: true, _count: { select: { members: true } } } } },
      orderBy: { createdAt: 'asc' },
    }),
  ]);
  const closing = members.filter(({ organization }) => organization._count.members === 1);
  return {
    email: session.user.email,
    asks: user.passwordHash ? ('password' as const) : twoFactor.isOn ? ('code' as const) : ('nothing' as const),
    isStaff: user.staffRole !== null,
    onlyOwnerOf: members
      .filter(({ organizationId }) => leftWithoutOwner.includes(organizationId))
      .map(({ organizationId: id, organization: { name } }) => ({ id, name })),
    closing: await Promise.all(
      closing.map(({ organizationId, organization: { name } }) => ending(deps, organizationId, name)),
    ),
  };
}

/** What an organization has that nobody will get at any more. */
async function ending({ prisma, database }: SignedIn['deps'], id: string, name: string) {
  const [credit, pendingOrders, openRefunds, liveKeys] = await Promise.all([
    readCreditParts(database, id),
    prisma.order.count({ where: { organizationId: id, state: 'pending', canceledAt: null } }),
    prisma.refund.count({ where: { organizationId: id, state: { in: openRefundStates } } }),
    prisma.apiKey.count({ where: { organizationId: id, deletedAt: null } }),
  ]);
  const { paidNanoUsd, grantedNanoUsd } = credit;
  return { id, name, paidNanoUsd, grantedNanoUsd, pendingOrders, openRefunds, liveKeys };
}

export interface DeletionInput {
  /** One's own address, typed. */
  readonly email: string;
  readonly password: string;
  /** In the place of a password, for who has none. */
  readonly code: string;
}

/**
 * Deletes the caller's account for good (docs/decisions/0026). Cards that nobody will ask for any more are forgotten and checkouts closed before.
 * @throws AccessError: email_mismatch, password_wrong, code_wrong, password_needed, only_owner, staff_account; too_many_attempts;
 *   BillingError payment_provider_unavailable: try again, nothing is deleted yet
 */
export async function deleteOwnAccount(call: SignedIn, { email, password, code }: DeletionInput): Promise<void> {
  const { deps, session } = call;
  const preview = await previewDeletion(call);
  if (normalizeEmail(email) !== preview.email)
    throw new AccessError('email_mismatch', 'expected the address of this account', 'email');
  if (preview.asks === 'nothing') throw new AccessError('password_needed', 'set a password first');
  if (preview.asks === 'password') await requireOwnPassword(call, password);
  else await requireOwnCode(call, code);
  if (preview.isStaff) throw new AccessError('staff_account', 'an administrator has to take the staff role away first');
  if (preview.onlyOwnerOf.length > 0) throw new AccessError('only_owner', 'make somebody else owner first');
  for (const { id } of preview.closing) await endPayments(call, id);
  const { locale } = await deps.prisma.user.findUniqueOrThrow({ where: { id: session.user.id } });
  await deleteAccount(deps.prisma, {
    ...{ userId: session.user.id, now: new Date(deps.clock.now()), actor: actorOf(call) },
    async also(tx, former) {
      for (const address of former.emails) await forgetMailsTo(sqlOf(tx), address);
      await tellPerson(tx, deps, { email: preview.email, locale }, { news: 'account_deleted' });
    },
  });
  deps.sessions.forgetAll();
}

function requireOwnCode(call: SignedIn, code: string): Promise<unknown> {
  const { prisma, keyPepper: pepper, clock } = call.deps;
  const of = { userId: call.session.user.id, pepper, now: new Date(clock.now()), actor: actorOf(call) };
  return throttled(call, () => prisma.$transaction((tx) => spendCode(tx, of, code)));
}

/** Nothing is bought in its name any more, and nothing is left to pay with. */
async function endPayments(call: SignedIn, organizationId: string): Promise<void> {
  const { deps, session, address, requestId } = call;
  const actor = { userId: session.user.id, address, requestId };
  await stopAutoTopUp(deps.billing, { organizationId, actor });
  if (deps.billing.providers.current) await forgetPaymentMethod(deps.billing, { organizationId, actor });
  const pending = { organizationId, state: 'pending', canceledAt: null };
  const orders = await deps.prisma.order.findMany({ where: pending, select: { id: true } });
  for (const { id: orderId } of orders) {
    await cancelOrder(deps.billing, { orderId, organizationId, actor }).catch((error: unknown) => {
      // Paid meanwhile: its tokens are in the balance that is given up, and staff can pay them back.
      if (!(error instanceof BillingError) || error.code !== 'order_closed') throw error;
    });
  }
}
