import { createRedeemBatch } from '@ai-bridge/billing';
import { changeMultiplier, changePrice, planImport } from '@ai-bridge/catalog';
import { newId } from '@ai-bridge/domain';
import type { Caller, Calls } from './calls.fixture.ts';
import { onePixelPng, targetsIn } from './root-targets.fixture.ts';
import { group, proxy, setUp, type World } from './world.fixture.ts';

/** A view of the caller's own; for who may keep none, the id of none. */
const keptView = (caller: Caller): Promise<string> =>
  caller.savedView.keep({ page: 'customers', name: newId('vew'), query: { part: 'new' }, opensFirst: false }).then(
    ({ id }) => id,
    () => 'vew_none',
  );

/** The part of `callsIn` that is of the administration's pages. */
export function staffCallsIn(world: World): Calls {
  const { deps, newChannel, newTask, newGroup, newProxy, newPlan, paidOrder, askedRefund, newMail } = world;
  const {
    proposedAdjustment,
    newAlarm,
    newCodexText,
    newUser,
    newOrganization,
    newModel,
    newAnnouncement,
    newReply,
    newIncident,
    legalVersion,
    newLegalVersion,
  } = targetsIn(world);
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
    'announcement.list': (caller) => caller.announcement.list(),
    'announcement.create': (caller) => caller.announcement.create(announcement),
    'announcement.update': async (caller) =>
      caller.announcement.update({ id: await newAnnouncement(), content: announcement }),
    'announcement.publish': async (caller) => caller.announcement.publish({ id: await newAnnouncement() }),
    'announcement.withdraw': async (caller) => caller.announcement.withdraw({ id: await newAnnouncement() }),
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
    'codexText.list': (caller) => caller.codexText.list(),
    'codexText.read': async (caller) => caller.codexText.read({ beginning: await newCodexText() }),
    'codexText.set': (caller) => caller.codexText.set({ beginning: '*', text: 'You are Codex.' }),
    'codexText.delete': async (caller) => caller.codexText.delete({ beginning: await newCodexText() }),
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
  };
}
