import admin from './admin.json';
import auth from './auth.json';
import balance from './balance.json';
import billing from './billing.json';
import channels from './channels.json';
import checkout from './checkout.json';
import codexTexts from './codex-texts.json';
import common from './common.json';
import creditDesk from './credit-desk.json';
import egress from './egress.json';
import errors from './errors.json';
import gateway from './gateway.json';
import groups from './groups.json';
import home from './home.json';
import keys from './keys.json';
import mailbox from './mailbox.json';
import notFound from './not-found.json';
import order from './order.json';
import orderDesk from './order-desk.json';
import orders from './orders.json';
import overview from './overview.json';
import ownKeys from './own-keys.json';
import planDesk from './plan-desk.json';
import plans from './plans.json';
import reconciliation from './reconciliation.json';
import redeem from './redeem.json';
import refundDesk from './refund-desk.json';
import refundLines from './refund-lines.json';
import request from './request.json';
import settings from './settings.json';
import shell from './shell.json';
import site from './site.json';
import staffRequest from './staff-request.json';
import status from './status.json';
import usage from './usage.json';

/** The interface's text in Chinese: one file per part of it. */
export default {
  admin,
  auth,
  balance,
  billing,
  channels,
  checkout,
  codexTexts,
  common,
  creditDesk,
  egress,
  errors,
  gateway,
  groups,
  home,
  keys,
  mailbox,
  notFound,
  order,
  orderDesk,
  orders,
  overview,
  ownKeys,
  planDesk,
  plans,
  reconciliation,
  redeem,
  refundDesk,
  refundLines,
  request,
  settings,
  shell,
  site,
  staffRequest,
  status,
  usage,
};
