import admin from './admin.json';
import announcementDesk from './announcement-desk.json';
import announcements from './announcements.json';
import audit from './audit.json';
import auth from './auth.json';
import balance from './balance.json';
import billing from './billing.json';
import channels from './channels.json';
import chargePreview from './charge-preview.json';
import checkout from './checkout.json';
import codexTexts from './codex-texts.json';
import common from './common.json';
import creditDesk from './credit-desk.json';
import customers from './customers.json';
import dated from './dated.json';
import docs from './docs.json';
import egress from './egress.json';
import errors from './errors.json';
import gateway from './gateway.json';
import groups from './groups.json';
import home from './home.json';
import incidentDesk from './incident-desk.json';
import incidents from './incidents.json';
import keys from './keys.json';
import kit from './kit.json';
import legal from './legal.json';
import limitPresets from './limit-presets.json';
import mailbox from './mailbox.json';
import maintenance from './maintenance.json';
import modelDesk from './model-desk.json';
import models from './models.json';
import notFound from './not-found.json';
import operations from './operations.json';
import order from './order.json';
import orderDesk from './order-desk.json';
import orders from './orders.json';
import overview from './overview.json';
import ownKeys from './own-keys.json';
import palette from './palette.json';
import people from './people.json';
import planDesk from './plan-desk.json';
import plans from './plans.json';
import playground from './playground.json';
import pricing from './pricing.json';
import reconciliation from './reconciliation.json';
import redeem from './redeem.json';
import refundDesk from './refund-desk.json';
import refundLines from './refund-lines.json';
import replies from './replies.json';
import request from './request.json';
import savedViews from './saved-views.json';
import settings from './settings.json';
import shell from './shell.json';
import site from './site.json';
import siteSettings from './site-settings.json';
import staffLook from './staff-look.json';
import staffRequest from './staff-request.json';
import statements from './statements.json';
import status from './status.json';
import team from './team.json';
import triage from './triage.json';
import usage from './usage.json';
import userApi from './user-api.json';
import welcome from './welcome.json';

/** The interface's text in English: one file per part of it. */
export default {
  admin,
  legal,
  incidentDesk,
  incidents,
  announcementDesk,
  announcements,
  siteSettings,
  audit,
  auth,
  balance,
  billing,
  channels,
  chargePreview,
  checkout,
  codexTexts,
  common,
  creditDesk,
  customers,
  dated,
  docs,
  egress,
  errors,
  gateway,
  groups,
  home,
  keys,
  kit,
  limitPresets,
  mailbox,
  maintenance,
  modelDesk,
  models,
  notFound,
  operations,
  order,
  orderDesk,
  orders,
  overview,
  ownKeys,
  palette,
  people,
  planDesk,
  plans,
  playground,
  pricing,
  reconciliation,
  redeem,
  refundDesk,
  refundLines,
  replies,
  request,
  savedViews,
  settings,
  shell,
  site,
  staffLook,
  staffRequest,
  statements,
  status,
  team,
  triage,
  usage,
  userApi,
  welcome,
};
