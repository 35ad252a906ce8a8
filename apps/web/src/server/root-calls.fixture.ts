import { createApiKey, listEarlierSecrets, rotateApiKey } from '@ai-bridge/access';
import { requestRefund } from '@ai-bridge/billing';
import { monthOf, newId } from '@ai-bridge/domain';
import type { Calls } from './calls.fixture.ts';
import { staffCallsIn } from './root-staff-calls.fixture.ts';
import { noKey, targetsIn } from './root-targets.fixture.ts';
import { setUp, type World } from './world.fixture.ts';

const thisMonth = () => monthOf(new Date());

/** How to call each procedure on an organization of a world. A procedure without an entry fails the first test. */
export function callsIn(world: World): Calls {
  const { deps, newOwnKey, newTask, newOrder, newCode, newSetup, savedCard } = world;
  const { peoplesKey, newMember, newInvitation } = targetsIn(world);
  return {
    ...staffCallsIn(world),
    'account.register': (caller) =>
      caller.account.register({
        email: `${newId('usr')}@example.com`,
        name: 'New',
        password: 'x'.repeat(12),
        locale: 'zh',
      }),
    // Who is nobody here is refused for want of a ticket, which is no matter of roles.
    'account.setUp': (caller) =>
      caller.account.setUp({ token: 't', email: 'a@example.com', name: 'A', password: 'x'.repeat(12), locale: 'zh' }),
    'account.requestReset': (caller) => caller.account.requestReset({ email: 'nobody@example.com', locale: 'en' }),
    'account.resetPassword': (caller) => caller.account.resetPassword({ ticket: 't', password: 'x'.repeat(12) }),
    'account.confirmEmail': (caller) => caller.account.confirmEmail({ ticket: 't' }),
    'account.me': (caller) => caller.account.me(),
    'account.updateProfile': (caller) => caller.account.updateProfile({ name: 'New', locale: 'en' }),
    'account.resendVerification': (caller) => caller.account.resendVerification(),
    'account.requestEmailChange': (caller) =>
      caller.account.requestEmailChange({ email: 'b@example.com', password: 'x' }),
    'account.changePassword': (caller) => caller.account.changePassword({ present: 'x', password: 'x'.repeat(12) }),
    'account.switchMailOff': (caller) => caller.account.switchMailOff({ kind: 'orders', token: 't' }),
    'account.setMailsOff': (caller) => caller.account.setMailsOff({ kinds: ['orders'] }),
    'account.deletionPreview': (caller) => caller.account.deletionPreview(),
    'account.delete': (caller) => caller.account.delete({ email: 'nobody@example.com', password: 'x', code: '' }),
    'account.beginTwoFactor': (caller) => caller.account.beginTwoFactor(),
    'account.confirmTwoFactor': (caller) => caller.account.confirmTwoFactor({ code: '000000' }),
    'account.switchOffTwoFactor': (caller) => caller.account.switchOffTwoFactor({ password: 'x', code: '000000' }),
    'account.renewRecoveryCodes': (caller) => caller.account.renewRecoveryCodes({ code: '000000' }),
    'account.sessions': (caller) => caller.account.sessions(),
    'account.endSession': (caller) => caller.account.endSession({ id: 'none' }),
    'account.endOtherSessions': (caller) => caller.account.endOtherSessions(),
    'account.unlinkIdentity': (caller) => caller.account.unlinkIdentity({ provider: 'github' }),
    'account.signOutEverywhere': (caller) => caller.account.signOutEverywhere(),
    'apiKey.list': (caller, { organizationId }) => caller.apiKey.list({ organizationId }),
    'apiKey.groups': (caller, { organizationId }) => caller.apiKey.groups({ organizationId }),
    'apiKey.limits': (caller, { organizationId }) => caller.apiKey.limits({ organizationId }),
    'apiKey.create': (caller, { organizationId }) => caller.apiKey.create({ organizationId, name: 'made' }),
    'apiKey.setDisabled': (caller, { organizationId, apiKeyId }) =>
      caller.apiKey.setDisabled({ organizationId, apiKeyId, disabled: false }),
    'apiKey.delete': async (caller, { organizationId }) => {
      const key = { organizationId, name: 'spare', actor: setUp };
      const { apiKey } = await createApiKey(deps.prisma, key, { pepper: deps.keyPepper });
      return caller.apiKey.delete({ organizationId, apiKeyId: apiKey.id });
    },
    'apiKey.update': async (caller, { organizationId }) =>
      caller.apiKey.update({ organizationId, apiKeyId: await peoplesKey(organizationId), settings: { name: 'new' } }),
    'apiKey.rotate': async (caller, { organizationId }) =>
      caller.apiKey.rotate({ organizationId, apiKeyId: await peoplesKey(organizationId), graceMinutes: 60 }),
    'apiKey.endSecret': async (caller, { organizationId }) => {
      const of = { organizationId, apiKeyId: await peoplesKey(organizationId), now: new Date() };
      if (of.apiKeyId !== noKey)
        await rotateApiKey(deps.prisma, { ...of, graceMs: 60_000, actor: setUp }, { pepper: deps.keyPepper });
      const secret = (await listEarlierSecrets(deps.prisma, of)).find(({ apiKeyId }) => apiKeyId === of.apiKeyId);
      return caller.apiKey.endSecret({ organizationId, apiKeyId: of.apiKeyId, secretId: secret?.id ?? '' });
    },
    'playground.open': (caller, { organizationId, apiKeyId }) => caller.playground.open({ organizationId, apiKeyId }),
    'overview.read': (caller, { organizationId }) => caller.overview.read({ organizationId }),
    'invitation.preview': (caller) => caller.invitation.preview({ token: 't' }),
    'invitation.accept': (caller) => caller.invitation.accept({ token: 't' }),
    'invitation.signUp': (caller) =>
      caller.invitation.signUp({ token: 't', name: 'New', password: 'x'.repeat(12), locale: 'en' }),
    'team.read': (caller, { organizationId }) => caller.team.read({ organizationId }),
    'team.rename': (caller, { organizationId }) => caller.team.rename({ organizationId, name: 'Renamed' }),
    'team.invitations': (caller, { organizationId }) => caller.team.invitations({ organizationId }),
    'team.invite': (caller, { organizationId }) =>
      caller.team.invite({ organizationId, email: `${newId('usr')}@example.com`, role: 'viewer', locale: 'en' }),
    'team.resendInvitation': async (caller, { organizationId }) =>
      caller.team.resendInvitation({ organizationId, invitationId: await newInvitation(organizationId) }),
    'team.withdrawInvitation': async (caller, { organizationId }) =>
      caller.team.withdrawInvitation({ organizationId, invitationId: await newInvitation(organizationId) }),
    'team.setRole': async (caller, { organizationId }) =>
      caller.team.setRole({ organizationId, userId: await newMember(organizationId), role: 'developer' }),
    'team.setLimits': async (caller, { organizationId }) =>
      caller.team.setLimits({ organizationId, userId: await newMember(organizationId), limits: { perDayNanoUsd: 1n } }),
    'team.remove': async (caller, { organizationId }) =>
      caller.team.remove({ organizationId, userId: await newMember(organizationId), keys: 'keep' }),
    'team.leave': (caller, { organizationId }) => caller.team.leave({ organizationId }),
    'team.choose': (caller, { organizationId }) => caller.team.choose({ organizationId }),
    'team.start': (caller) => caller.team.start({ name: 'Anew' }),
    'balance.read': (caller, { organizationId }) => caller.balance.read({ organizationId }),
    'balance.movements': (caller, { organizationId }) => caller.balance.movements({ organizationId }),
    'billing.read': (caller, { organizationId }) => caller.billing.read({ organizationId }),
    'billing.setAlerts': (caller, { organizationId }) =>
      caller.billing.setAlerts({ organizationId, thresholdsNanoUsd: [1_000n] }),
    'billing.saveCard': (caller, { organizationId }) => caller.billing.saveCard({ organizationId }),
    'billing.forgetCard': (caller, { organizationId }) => caller.billing.forgetCard({ organizationId }),
    'billing.setTopUp': async (caller, { organizationId }) => {
      await savedCard(organizationId);
      const wish = { amountMinor: 500n };
      return caller.billing.setTopUp({ organizationId, belowNanoUsd: 1_000n, wish, maxPerMonth: 1 });
    },
    'billing.stopTopUp': (caller, { organizationId }) => caller.billing.stopTopUp({ organizationId }),
    'billing.sandboxCard': async (caller, { organizationId }) =>
      caller.billing.sandboxCard({ organizationId, setupId: await newSetup(organizationId) }),
    'billing.chooseSandboxCard': async (caller, { organizationId }) =>
      caller.billing.chooseSandboxCard({ organizationId, setupId: await newSetup(organizationId), kind: 'good' }),
    'model.list': (caller, { organizationId }) => caller.model.list({ organizationId }),
    'order.create': (caller, { organizationId }) =>
      caller.order.create({ organizationId, clientKey: newId('ord'), wish: { amountMinor: 500n } }),
    'order.cancel': async (caller, { organizationId }) => {
      const { orderId } = await newOrder(organizationId, false);
      return caller.order.cancel({ organizationId, orderId });
    },
    'order.list': (caller, { organizationId }) => caller.order.list({ organizationId }),
    'order.read': async (caller, { organizationId }) => {
      const { orderId } = await newOrder(organizationId);
      return caller.order.read({ organizationId, orderId });
    },
    'order.receipt': async (caller, { organizationId }) => {
      const { orderId } = await newOrder(organizationId);
      return caller.order.receipt({ organizationId, orderId });
    },
    'order.requestRefund': async (caller, { organizationId }) => {
      const { orderId } = await newOrder(organizationId);
      return caller.order.requestRefund({ organizationId, orderId, reason: 'too many' });
    },
    'order.cancelRefund': async (caller, { organizationId }) => {
      const { orderId } = await newOrder(organizationId);
      const refund = await requestRefund(deps.billing, { orderId, organizationId, actor: setUp });
      return caller.order.cancelRefund({ organizationId, refundId: refund.id });
    },
    'payment.sandbox': async (caller, { organizationId }) => {
      const { sessionId } = await newOrder(organizationId, false);
      return caller.payment.sandbox({ organizationId, sessionId });
    },
    'payment.endSandbox': async (caller, { organizationId }) => {
      const { sessionId } = await newOrder(organizationId, false);
      return caller.payment.endSandbox({ organizationId, sessionId, end: 'paid' });
    },
    'payment.redeem': async (caller, { organizationId }) =>
      caller.payment.redeem({ organizationId, code: await newCode() }),
    'plan.onSale': (caller, { organizationId }) => caller.plan.onSale({ organizationId }),
    'search.offer': (caller) => caller.search.offer({ text: 'claude' }),
    'search.keys': (caller, { organizationId }) => caller.search.keys({ organizationId, text: 'first' }),
    'search.orders': (caller, { organizationId }) => caller.search.orders({ organizationId, text: 'ord' }),
    'statement.months': (caller, { organizationId }) => caller.statement.months({ organizationId }),
    'statement.balances': (caller, { organizationId }) => caller.statement.balances({ organizationId }),
    'statement.usage': (caller, { organizationId }) => caller.statement.usage({ organizationId, month: thisMonth() }),
    'statement.read': (caller, { organizationId }) => caller.statement.read({ organizationId, month: thisMonth() }),
    'ownKey.list': (caller, { organizationId }) => caller.ownKey.list({ organizationId }),
    'ownKey.add': async (caller, { organizationId }) => {
      await newOwnKey(organizationId);
      const key = { preset: 'openai' as const, name: 'mine', credential: 'sk-made-of-nothing', isExclusive: true };
      return caller.ownKey.add({ organizationId, ...key });
    },
    'ownKey.update': async (caller, { organizationId }) =>
      caller.ownKey.update({ organizationId, ownKeyId: await newOwnKey(organizationId), isExclusive: true }),
    'ownKey.disable': async (caller, { organizationId }) =>
      caller.ownKey.disable({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
    'ownKey.delete': async (caller, { organizationId }) =>
      caller.ownKey.delete({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
    'ownKey.test': async (caller, { organizationId }) =>
      caller.ownKey.test({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
    'ownKey.testResult': async (caller, { organizationId }) => {
      const ownKeyId = await newOwnKey(organizationId);
      return caller.ownKey.testResult({ organizationId, ownKeyId, taskId: await newTask('own_key.test', ownKeyId) });
    },
    'usage.summary': (caller, { organizationId }) => caller.usage.summary({ organizationId }),
    'usage.breakdown': (caller, { organizationId }) =>
      caller.usage.breakdown({ organizationId, range: '7d', narrowing: {}, by: 'key', metric: 'spend' }),
    'usage.choices': (caller, { organizationId }) => caller.usage.choices({ organizationId }),
    'usage.request': (caller, { organizationId, requestId }) => caller.usage.request({ organizationId, requestId }),
    'usage.anyRequest': (caller, { requestId }) => caller.usage.anyRequest({ requestId }),
    'usage.route': (caller, { requestId }) => caller.usage.route({ requestId }),
    'usage.requests': (caller, { organizationId }) =>
      caller.usage.requests({ organizationId, range: '7d', narrowing: {} }),
  };
}
