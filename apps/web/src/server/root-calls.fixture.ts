import { createApiKey, listEarlierSecrets, rotateApiKey } from '@ai-bridge/access';
import { createRedeemBatch, requestRefund } from '@ai-bridge/billing';
import { changeMultiplier, changePrice, planImport } from '@ai-bridge/catalog';
import { monthOf, newId } from '@ai-bridge/domain';
import type { createCaller } from './root.ts';
import { noKey, onePixelPng, targetsIn } from './root-targets.fixture.ts';
import { group, proxy, setUp, type Target, type World } from './world.fixture.ts';

type Caller = ReturnType<typeof createCaller>;
export type Calls = Readonly<Record<string, (caller: Caller, target: Target) => Promise<unknown>>>;

const thisMonth = () => monthOf(new Date());
/** A view of the caller's own; for who may keep none, the id of none. */
const keptView = (caller: Caller): Promise<string> =>
  caller.savedView.keep({ page: 'customers', name: newId('vew'), query: { part: 'new' }, opensFirst: false }).then(
    ({ id }) => id,
    () => 'vew_none',
  );

/**
 * How to call each procedure on an organization of a world. A procedure without an entry fails the first test: the table is as long as the
 * list of procedures, and stands whole so that it can be held against it.
 */
export function callsIn(world: World): Calls {
  const { deps, newChannel, newOwnKey, newTask, newGroup, newProxy, newPlan, paidOrder, askedRefund } = world;
  const {
    proposedAdjustment,
    newAlarm,
    newCodexText,
    peoplesKey,
    newUser,
    newMember,
    newInvitation,
    newOrganization,
    newModel,
    newAnnouncement,
    newReply,
    newIncident,
    legalVersion,
    newLegalVersion,
  } = targetsIn(world);
  const { newOrder, newCode, newMail, newSetup, savedCard } = world;
  const plan = {
    ...{ displayName: 'Plan', tokens: 1_000_000n, bonusTokens: 0n, amountMinor: 100n, currency: 'usd' },
    ...{ activeFrom: null, activeUntil: null, displayOrder: 0 },
  };
  const batch = { name: 'Spring', codes: 2, tokensPerCode: 1_000n, oncePerOrganization: true };
  /** More than one person may give away. */
  const proposedBatch = async () => {
    const proposal = { ...batch, tokensPerCode: 500_000_000n, pepper: deps.keyPepper, actor: setUp };
    return (await createRedeemBatch(deps.billing, proposal)).batchId;
  };
  const price = { input: '1', output: '2' };
  const list = { text: 'model,input,output\nm-,1,2', fileName: 'list.csv' };
  const decision = { amountMinor: 100n, reason: 'unused' };
  const both = { zh: '\u5b57', en: 'word' };
  const announcement = {
    ...{ title: both, body: both, audience: 'everyone' as const, importance: 'notice' as const },
    ...{ isPinned: false, activeFrom: null, activeUntil: null },
  };
  return {
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
    'announcement.list': (caller) => caller.announcement.list(),
    'announcement.create': (caller) => caller.announcement.create(announcement),
    'announcement.update': async (caller) =>
      caller.announcement.update({ id: await newAnnouncement(), content: announcement }),
    'announcement.publish': async (caller) => caller.announcement.publish({ id: await newAnnouncement() }),
    'announcement.withdraw': async (caller) => caller.announcement.withdraw({ id: await newAnnouncement() }),
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
    'channel.list': (caller) => caller.channel.list(),
    'channel.spend': (caller) => caller.channel.spend(),
    'channel.spendSoFar': (caller) => caller.channel.spendSoFar(),
    'channel.choices': (caller) => caller.channel.choices(),
    'channel.create': (caller) => caller.channel.create({ preset: 'anthropic', credential: 'secret' }),
    'channel.update': async (caller) => caller.channel.update({ ...(await newChannel()), priority: 3 }),
    'channel.setEnabled': async (caller) =>
      caller.channel.setEnabled({ channelId: (await newChannel()).channelId, enabled: false }),
    'channel.setDraining': async (caller) =>
      caller.channel.setDraining({ channelId: (await newChannel()).channelId, isDraining: true }),
    'channel.delete': async (caller) => caller.channel.delete({ channelId: (await newChannel()).channelId }),
    'channel.replaceCredential': async (caller) =>
      caller.channel.replaceCredential({ channelIds: [(await newChannel()).channelId], credential: 'another' }),
    'channel.test': async (caller) => caller.channel.test({ channelId: (await newChannel()).channelId, model: 'm' }),
    'channel.testResult': async (caller) => caller.channel.testResult({ taskId: await newTask('channel.test') }),
    'channel.models': async (caller) => caller.channel.models({ channelId: (await newChannel()).channelId }),
    'channel.modelsResult': async (caller) => caller.channel.modelsResult({ taskId: await newTask('channel.models') }),
    'channel.reset': async (caller) => caller.channel.reset({ channelId: (await newChannel()).channelId }),
    'channel.resetResult': async (caller) => caller.channel.resetResult({ taskId: await newTask('channel.reset') }),
    'channelGroup.list': (caller) => caller.channelGroup.list(),
    'channelGroup.create': (caller) =>
      caller.channelGroup.create({ ...group, multiplier: '0.8', id: newId('chn').slice(4) }),
    'channelGroup.update': async (caller) => caller.channelGroup.update({ ...group, id: await newGroup() }),
    'channelGroup.setEnabled': async (caller) =>
      caller.channelGroup.setEnabled({ id: await newGroup(), enabled: false }),
    'channelGroup.multipliers': async (caller) => caller.channelGroup.multipliers({ id: await newGroup() }),
    'channelGroup.previewMultiplier': async (caller) =>
      caller.channelGroup.previewMultiplier({ id: await newGroup(), multiplier: '0.7' }),
    'channelGroup.changeMultiplier': async (caller) =>
      caller.channelGroup.changeMultiplier({ id: await newGroup(), multiplier: '0.7' }),
    'channelGroup.withdrawMultiplier': async (caller) => {
      const change = { groupId: await newGroup(), multiplier: '0.7', validFrom: new Date(Date.now() + 86_400_000) };
      await changeMultiplier(deps.prisma, change, new Date(), setUp);
      return caller.channelGroup.withdrawMultiplier({ id: change.groupId, version: 2 });
    },
    'creditDesk.batches': (caller) => caller.creditDesk.batches(),
    'creditDesk.createBatch': (caller) => caller.creditDesk.createBatch(batch),
    'creditDesk.approveBatch': async (caller) => caller.creditDesk.approveBatch({ batchId: await proposedBatch() }),
    'creditDesk.disableBatch': async (caller) => caller.creditDesk.disableBatch({ batchId: await proposedBatch() }),
    'creditDesk.adjustments': (caller) => caller.creditDesk.adjustments(),
    'creditDesk.adjust': (caller, { organizationId }) =>
      caller.creditDesk.adjust({ organizationId, tokens: 1n, reason: 'sorry' }),
    'creditDesk.decideAdjustment': async (caller, { organizationId }) =>
      caller.creditDesk.decideAdjustment({ adjustmentId: await proposedAdjustment(organizationId), isApproved: true }),
    'customer.search': (caller) => caller.customer.search({ text: 'own@example.com' }),
    'customer.list': (caller) => caller.customer.list({}),
    'customer.read': (caller, { organizationId }) => caller.customer.read({ organizationId }),
    'customer.timeline': (caller, { organizationId }) => caller.customer.timeline({ organizationId }),
    'customer.writeNote': (caller, { organizationId }) => caller.customer.writeNote({ organizationId, text: 'called' }),
    'customer.withdrawNote': async (caller, { organizationId }) => {
      const { id } = await caller.customer.writeNote({ organizationId, text: 'mistaken' });
      return caller.customer.withdrawNote({ noteId: id });
    },
    'customer.setSuspended': (caller, { organizationId }) =>
      caller.customer.setSuspended({ organizationId, suspended: false, reason: 'clear' }),
    'customer.setLimits': (caller, { organizationId }) =>
      caller.customer.setLimits({ organizationId, limits: { rpm: 100 }, reason: 'grew' }),
    'customer.revokeKeys': async (caller) =>
      caller.customer.revokeKeys({ organizationId: await newOrganization(), reason: 'leaked' }),
    'audit.list': (caller) => caller.audit.list({}),
    'person.list': (caller) => caller.person.list({}),
    'person.setSuspended': async (caller) =>
      caller.person.setSuspended({ userId: await newUser(), suspended: true, reason: 'abuse' }),
    'person.signOut': async (caller) => caller.person.signOut({ userId: await newUser(), reason: 'lost laptop' }),
    'person.sendReset': async (caller) => caller.person.sendReset({ userId: await newUser(), reason: 'asked for it' }),
    'person.setStaffRole': async (caller) =>
      caller.person.setStaffRole({ userId: await newUser(), staffRole: 'support', reason: 'joined' }),
    'staffLook.stateReason': (caller, { organizationId }) =>
      caller.staffLook.stateReason({ organizationId, reason: 'asked by mail' }),
    'egress.list': (caller) => caller.egress.list(),
    'egress.create': (caller) => caller.egress.create({ ...proxy, name: newId('pxy') }),
    'egress.update': async (caller) => caller.egress.update({ proxyId: await newProxy(), name: newId('pxy') }),
    'egress.delete': async (caller) => caller.egress.delete({ proxyId: await newProxy() }),
    'egress.test': async (caller) => caller.egress.test({ proxyId: await newProxy() }),
    'egress.testResult': async (caller) => caller.egress.testResult({ taskId: await newTask('egress.test') }),
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
    'codexText.list': (caller) => caller.codexText.list(),
    'codexText.read': async (caller) => caller.codexText.read({ beginning: await newCodexText() }),
    'codexText.set': (caller) => caller.codexText.set({ beginning: '*', text: 'You are Codex.' }),
    'codexText.delete': async (caller) => caller.codexText.delete({ beginning: await newCodexText() }),
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
    'mailbox.list': (caller) => caller.mailbox.list({}),
    'mailbox.read': async (caller) => caller.mailbox.read({ mailId: await newMail() }),
    'mailbox.retry': async (caller) => caller.mailbox.retry({ mailId: await newMail() }),
    'incident.touching': (caller, { organizationId }) => caller.incident.touching({ organizationId }),
    'incident.list': (caller) => caller.incident.list(),
    'incident.read': async (caller) => caller.incident.read({ id: await newIncident() }),
    'incident.open': (caller) =>
      caller.incident.open({
        ...{ title: both, text: both, models: [], providers: [], state: 'identified', startedAt: new Date() },
      }),
    'incident.edit': async (caller) =>
      caller.incident.edit({ id: await newIncident(), title: both, models: ['m'], providers: [] }),
    'incident.update': async (caller) =>
      caller.incident.update({ id: await newIncident(), state: 'resolved', text: both }),
    'legalText.read': (caller) => caller.legalText.read({ document: 'terms' }),
    'legalText.version': async (caller) =>
      caller.legalText.version({ document: 'terms', version: await newLegalVersion() }),
    'legalText.publish': async (caller) =>
      caller.legalText.publish({ document: 'terms', text: both, after: await legalVersion() }),
    'model.list': (caller, { organizationId }) => caller.model.list({ organizationId }),
    'modelDesk.list': (caller) => caller.modelDesk.list(),
    'modelDesk.read': async (caller) => caller.modelDesk.read({ modelId: await newModel() }),
    'modelDesk.update': async (caller) => caller.modelDesk.update({ modelId: await newModel(), enabled: false }),
    'modelDesk.previewPrice': async (caller) => caller.modelDesk.previewPrice({ modelId: await newModel(), price }),
    'modelDesk.changePrice': async (caller) => caller.modelDesk.changePrice({ modelId: await newModel(), price }),
    'modelDesk.withdrawPrice': async (caller) => {
      const validFrom = new Date(Date.now() + 86_400_000);
      const change = {
        modelId: await newModel(),
        figures: { input: 5n, output: 5n, requestFee: 0n, tiers: [] },
        validFrom,
      };
      await changePrice(deps.prisma, change, new Date(), setUp);
      const row = await deps.prisma.price.findFirst({
        where: { modelId: change.modelId },
        orderBy: { version: 'desc' },
      });
      return caller.modelDesk.withdrawPrice({ priceId: row?.id ?? '' });
    },
    'modelDesk.exportPrices': (caller) => caller.modelDesk.exportPrices(),
    'modelDesk.planImport': (caller) => caller.modelDesk.planImport(list),
    'modelDesk.applyImport': async (caller) => {
      const file = { ...list, text: list.text.replace('m-', newId('prc')), validFrom: undefined };
      const { digest } = await planImport(deps.prisma, file, new Date());
      return caller.modelDesk.applyImport({ ...file, digest, skip: [], acceptJumps: [] });
    },
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
    'reply.list': (caller) => caller.reply.list(),
    'reply.create': (caller) => caller.reply.create({ title: both, text: both }),
    'reply.update': async (caller) =>
      caller.reply.update({ ...(await newReply()), content: { title: both, text: both } }),
    'reply.delete': async (caller) => caller.reply.delete({ id: (await newReply()).id }),
    'savedView.list': (caller) => caller.savedView.list({ page: 'customers' }),
    'savedView.keep': (caller) =>
      caller.savedView.keep({ page: 'customers', name: newId('vew'), query: { part: 'new' }, opensFirst: false }),
    'savedView.change': async (caller) => caller.savedView.change({ id: await keptView(caller), name: newId('vew') }),
    'savedView.delete': async (caller) => caller.savedView.delete({ id: await keptView(caller) }),
    'search.offer': (caller) => caller.search.offer({ text: 'claude' }),
    'search.keys': (caller, { organizationId }) => caller.search.keys({ organizationId, text: 'first' }),
    'search.orders': (caller, { organizationId }) => caller.search.orders({ organizationId, text: 'ord' }),
    'statement.months': (caller, { organizationId }) => caller.statement.months({ organizationId }),
    'statement.balances': (caller, { organizationId }) => caller.statement.balances({ organizationId }),
    'statement.usage': (caller, { organizationId }) => caller.statement.usage({ organizationId, month: thisMonth() }),
    'statement.read': (caller, { organizationId }) => caller.statement.read({ organizationId, month: thisMonth() }),
    'siteSetting.list': (caller) => caller.siteSetting.list(),
    'siteSetting.history': (caller) => caller.siteSetting.history(),
    'siteSetting.change': (caller) => caller.siteSetting.change({ siteName: 'Tower' }),
    'siteSetting.setLogo': (caller) => caller.siteSetting.setLogo({ base64: onePixelPng }),
    'siteSetting.removeLogo': (caller) => caller.siteSetting.removeLogo(),
    'orderDesk.list': (caller) => caller.orderDesk.list({}),
    'orderDesk.read': async (caller, { organizationId }) =>
      caller.orderDesk.read({ orderId: await paidOrder(organizationId) }),
    'planDesk.list': (caller) => caller.planDesk.list(),
    'planDesk.create': (caller) => caller.planDesk.create({ ...plan, id: newId('ord').slice(4) }),
    'planDesk.update': async (caller) => caller.planDesk.update({ ...plan, id: await newPlan() }),
    'planDesk.setEnabled': async (caller) => caller.planDesk.setEnabled({ id: await newPlan(), enabled: false }),
    'operations.read': (caller) => caller.operations.read(),
    'welcome.read': (caller) => caller.welcome.read(),
    'welcome.setSkipped': (caller) => caller.welcome.setSkipped({ step: 'mail', isSkipped: true }),
    'welcome.sendTestMail': (caller) => caller.welcome.sendTestMail(),
    'welcome.testPaymentKeys': (caller) => caller.welcome.testPaymentKeys(),
    'reconciliation.books': (caller) => caller.reconciliation.books(),
    'reconciliation.usage': (caller) => caller.reconciliation.usage(),
    'reconciliation.margins': (caller) => caller.reconciliation.margins(),
    'reconciliation.marginTable': (caller) => caller.reconciliation.marginTable(),
    'reconciliation.payments': (caller) => caller.reconciliation.payments(),
    'reconciliation.openAlarms': (caller) => caller.reconciliation.openAlarms(),
    'reconciliation.resolve': async (caller) => caller.reconciliation.resolve({ alarmId: await newAlarm() }),
    'reconciliation.freeze': (caller, { organizationId }) =>
      caller.reconciliation.freeze({ organizationId, frozen: false, reason: 'the books agree' }),
    'refundDesk.list': (caller) => caller.refundDesk.list({ part: 'requested' }),
    'refundDesk.read': async (caller, { organizationId }) =>
      caller.refundDesk.read({ refundId: await askedRefund(organizationId) }),
    'refundDesk.state': async (caller, { organizationId }) =>
      caller.refundDesk.state({ refundId: await askedRefund(organizationId) }),
    'refundDesk.preview': async (caller, { organizationId }) =>
      caller.refundDesk.preview({ orderId: await paidOrder(organizationId), amountMinor: '100' }),
    'refundDesk.previewMails': async (caller, { organizationId }) =>
      caller.refundDesk.previewMails({
        ...{ refundId: await askedRefund(organizationId), ...decision },
        ...{ end: 'succeeded', tellsReason: true },
      }),
    'refundDesk.begin': async (caller, { organizationId }) =>
      caller.refundDesk.begin({ orderId: await paidOrder(organizationId), ...decision }),
    'refundDesk.approve': async (caller, { organizationId }) =>
      caller.refundDesk.approve({ refundId: await askedRefund(organizationId), ...decision }),
    'refundDesk.decline': async (caller, { organizationId }) =>
      caller.refundDesk.decline({ refundId: await askedRefund(organizationId), reason: 'used' }),
    'refundDesk.retry': async (caller, { organizationId }) =>
      caller.refundDesk.retry({ refundId: await askedRefund(organizationId) }),
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
