import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

export interface Invitation {
  readonly organizationName: string;
  /** How whoever invites is called. */
  readonly inviterName: string;
  readonly role: 'owner' | 'billing' | 'developer' | 'viewer';
  /** A secret: its holder answers for the address that it was sent to. */
  readonly token: string;
}

const words = {
  en: {
    subject: (organization: string) => `Join ${organization}`,
    asked: (inviter: string, organization: string) => `${inviter} invites you to the organization ${organization}.`,
    link: 'Open the page below to join. The link works once, for 7 days, with the account of this e-mail address; without one you sign up there.',
    unknown: 'If you do not know who this is, do nothing.',
    facts: { organization: 'Organization', role: 'Your role' },
    roles: {
      owner: 'Owner: may do everything',
      billing: 'Billing: buys, sees orders and statements',
      developer: 'Developer: makes keys, sees usage',
      viewer: 'Viewer: sees usage',
    },
    action: 'Join',
  },
  zh: {
    subject: (organization: string) => `邀请你加入 ${organization}`,
    asked: (inviter: string, organization: string) => `${inviter} 邀请你加入组织 ${organization}。`,
    link: '打开下面的页面即可加入。链接 7 天内有效，只能使用一次，须用这个邮箱的账户；还没有账户可在那里注册。',
    unknown: '如果你不认识对方，请忽略这封邮件。',
    facts: { organization: '组织', role: '你的角色' },
    roles: {
      owner: '所有者：拥有全部权限',
      billing: '账务：购买，查看订单和账单',
      developer: '开发者：创建密钥，查看用量',
      viewer: '观察者：查看用量',
    },
    action: '加入',
  },
} as const;

/** Somebody is asked to join an organization. The secret stands behind the # of its link: browsers send that to nobody. */
export function invitationMail(site: MailSite, locale: MailLocale, about: Invitation): RenderedMail {
  const { subject, asked, link, unknown, facts, roles, action } = words[locale];
  const { organizationName, inviterName, role, token } = about;
  return compose({
    ...{ template: 'invitation', site, locale, subject: subject(organizationName), audience: 'invited' },
    paragraphs: [asked(inviterName, organizationName), link, unknown],
    facts: [
      [facts.organization, organizationName],
      [facts.role, roles[role]],
    ],
    action: { label: action, path: `/join#${token}` },
    isSensitive: true,
  });
}
