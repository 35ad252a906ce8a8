import { accountRouter } from '#features/account/server/router.ts';
import { announcementRouter } from '#features/announcement/server/router.ts';
import { apiKeyRouter } from '#features/api-key/server/router.ts';
import { auditRouter } from '#features/audit/server/router.ts';
import { balanceRouter } from '#features/balance/server/router.ts';
import { billingRouter } from '#features/billing/server/router.ts';
import { channelRouter } from '#features/channel/server/router.ts';
import { channelGroupRouter } from '#features/channel-group/server/router.ts';
import { codexTextRouter } from '#features/codex-text/server/router.ts';
import { creditDeskRouter } from '#features/credit-desk/server/router.ts';
import { customerRouter } from '#features/customer/server/router.ts';
import { egressRouter } from '#features/egress/server/router.ts';
import { incidentRouter } from '#features/incident/server/router.ts';
import { legalTextRouter } from '#features/legal-text/server/router.ts';
import { mailboxRouter } from '#features/mailbox/server/router.ts';
import { modelRouter } from '#features/model/server/router.ts';
import { modelDeskRouter } from '#features/model-desk/server/router.ts';
import { operationsRouter } from '#features/operations/server/router.ts';
import { orderRouter } from '#features/order/server/router.ts';
import { orderDeskRouter } from '#features/order-desk/server/router.ts';
import { overviewRouter } from '#features/overview/server/router.ts';
import { ownKeyRouter } from '#features/own-key/server/router.ts';
import { paymentRouter } from '#features/payment/server/router.ts';
import { personRouter } from '#features/person/server/router.ts';
import { planRouter } from '#features/plan/server/router.ts';
import { planDeskRouter } from '#features/plan-desk/server/router.ts';
import { playgroundRouter } from '#features/playground/server/router.ts';
import { reconciliationRouter } from '#features/reconciliation/server/router.ts';
import { refundDeskRouter } from '#features/refund-desk/server/router.ts';
import { replyRouter } from '#features/reply/server/router.ts';
import { savedViewRouter } from '#features/saved-view/server/router.ts';
import { searchRouter } from '#features/search/server/router.ts';
import { siteSettingRouter } from '#features/site-setting/server/router.ts';
import { staffLookRouter } from '#features/staff-look/server/router.ts';
import { statementRouter } from '#features/statement/server/router.ts';
import { invitationRouter } from '#features/team/server/invitation-router.ts';
import { teamRouter } from '#features/team/server/router.ts';
import { usageRouter } from '#features/usage/server/router.ts';
import { welcomeRouter } from '#features/welcome/server/router.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  account: accountRouter,
  announcement: announcementRouter,
  apiKey: apiKeyRouter,
  balance: balanceRouter,
  billing: billingRouter,
  channel: channelRouter,
  channelGroup: channelGroupRouter,
  codexText: codexTextRouter,
  creditDesk: creditDeskRouter,
  customer: customerRouter,
  egress: egressRouter,
  mailbox: mailboxRouter,
  incident: incidentRouter,
  invitation: invitationRouter,
  legalText: legalTextRouter,
  model: modelRouter,
  modelDesk: modelDeskRouter,
  operations: operationsRouter,
  order: orderRouter,
  overview: overviewRouter,
  ownKey: ownKeyRouter,
  playground: playgroundRouter,
  payment: paymentRouter,
  audit: auditRouter,
  person: personRouter,
  plan: planRouter,
  orderDesk: orderDeskRouter,
  planDesk: planDeskRouter,
  reconciliation: reconciliationRouter,
  refundDesk: refundDeskRouter,
  reply: replyRouter,
  savedView: savedViewRouter,
  search: searchRouter,
  staffLook: staffLookRouter,
  statement: statementRouter,
  siteSetting: siteSettingRouter,
  team: teamRouter,
  usage: usageRouter,
  welcome: welcomeRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP. */
export const createCaller = createCallerFactory(appRouter);
