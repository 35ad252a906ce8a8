import { compose } from '../compose.ts';
import type { MailLocale } from '../mail-locale.ts';
import type { RenderedMail } from '../rendered-mail.ts';
import type { MailSite } from '../site.ts';

/** What people are told of their own account. `ticket` is a secret: what its holder does, they do. */
export type AccountNews =
  | { readonly news: 'verify_email'; readonly ticket: string }
  | { readonly news: 'change_email'; readonly ticket: string }
  | { readonly news: 'reset_password'; readonly ticket: string }
  /** Somebody signed up with an address that has an account. */
  | { readonly news: 'already_registered' }
  | { readonly news: 'password_changed' }
  /** To the former address. */
  | { readonly news: 'email_changed'; readonly email: string }
  | { readonly news: 'two_factor_on' }
  | { readonly news: 'two_factor_off' }
  /** The last mail to the address. */
  | { readonly news: 'account_deleted' }
  /** An administrator tries whether mail arrives. */
  | { readonly news: 'test' };

const words = {
  en: {
    verify_email: {
      subject: 'Confirm your e-mail address',
      paragraphs: [
        'Open the page below and press its button to confirm this address. The link works once, for 24 hours.',
        'If you did not sign up, do nothing.',
      ],
      action: 'Confirm address',
    },
    change_email: {
      subject: 'Confirm your new e-mail address',
      paragraphs: [
        'Open the page below and press its button: from then on you sign in with this address. The link works once, for 24 hours.',
        'If you did not ask for this, do nothing.',
      ],
      action: 'Use this address',
    },
    reset_password: {
      subject: 'Set a new password',
      paragraphs: [
        'Open the page below to set a new password. The link works once, for one hour. You will be signed out everywhere.',
        'If you did not ask for this, do nothing: your password stays what it is.',
      ],
      action: 'Set a new password',
    },
    already_registered: {
      subject: 'You have an account already',
      paragraphs: [
        'Somebody, probably you, tried to sign up with this address. It has an account already: sign in, or set a new password there.',
        'If it was not you, there is nothing to do.',
      ],
      action: 'Sign in',
    },
    password_changed: {
      subject: 'Your password was changed',
      paragraphs: [
        'The password of your account was changed, and other devices were signed out.',
        'If it was not you, set a new password now.',
      ],
      action: 'Set a new password',
    },
    email_changed: {
      subject: 'Your e-mail address was changed',
      paragraphs: [
        'Your account now has another e-mail address; this one does not sign in any more.',
        'If it was not you, contact the support of this site now.',
      ],
      action: 'To the site',
    },
    two_factor_on: {
      subject: 'Two-factor sign-in is on',
      paragraphs: ['From now on signing in takes a code of your device as well. Keep your recovery codes.'],
      action: 'Account settings',
    },
    two_factor_off: {
      subject: 'Two-factor sign-in is off',
      paragraphs: [
        'Signing in takes no code any more.',
        'If it was not you, set a new password now and switch it on again.',
      ],
      action: 'Account settings',
    },
    account_deleted: {
      subject: 'Your account is deleted',
      paragraphs: [
        'Your account was deleted as you asked. You are signed out everywhere, your API keys have stopped working, and what we knew of you is erased. Orders, payments and statements stay in the books, without your name, for as long as the law asks.',
        'If it was not you, contact the support of this site now.',
      ],
      action: 'To the site',
    },
    test: {
      subject: 'Mail works',
      paragraphs: [
        'This mail was sent from the set-up page to see whether mail arrives. It did.',
        'Check its sender, and that it is not in the spam folder: your customers get theirs the same way.',
      ],
      action: 'Back to the set-up',
    },
    newAddress: 'New address',
  },
  zh: {
    verify_email: {
      subject: '确认你的邮箱',
      paragraphs: [
        '打开下面的页面并点击按钮，确认这个邮箱。链接 24 小时内有效，只能使用一次。',
        '如果你没有注册过，请忽略这封邮件。',
      ],
      action: '确认邮箱',
    },
    change_email: {
      subject: '确认你的新邮箱',
      paragraphs: [
        '打开下面的页面并点击按钮，之后就用这个邮箱登录。链接 24 小时内有效，只能使用一次。',
        '如果不是你申请的，请忽略这封邮件。',
      ],
      action: '使用这个邮箱',
    },
    reset_password: {
      subject: '设置新密码',
      paragraphs: [
        '打开下面的页面设置新密码。链接 1 小时内有效，只能使用一次。设置后所有设备都会退出登录。',
        '如果不是你申请的，请忽略这封邮件，密码不会改变。',
      ],
      action: '设置新密码',
    },
    already_registered: {
      subject: '这个邮箱已有账户',
      paragraphs: [
        '有人（很可能是你）用这个邮箱注册，但它已有账户。请直接登录，或在登录页重设密码。',
        '如果不是你，无需任何操作。',
      ],
      action: '登录',
    },
    password_changed: {
      subject: '密码已修改',
      paragraphs: ['你的账户密码已修改，其他设备已退出登录。', '如果不是你本人操作，请立即重设密码。'],
      action: '重设密码',
    },
    email_changed: {
      subject: '账户邮箱已更换',
      paragraphs: ['你的账户已改用另一个邮箱，这个邮箱不能再用于登录。', '如果不是你本人操作，请立即联系本站客服。'],
      action: '前往网站',
    },
    two_factor_on: {
      subject: '两步验证已开启',
      paragraphs: ['从现在起，登录时还需要设备上的验证码。请妥善保存恢复码。'],
      action: '账户设置',
    },
    two_factor_off: {
      subject: '两步验证已关闭',
      paragraphs: ['登录不再需要验证码。', '如果不是你本人操作，请立即重设密码并重新开启。'],
      action: '账户设置',
    },
    account_deleted: {
      subject: '账户已删除',
      paragraphs: [
        '你的账户已按你的要求删除：所有设备均已退出，API 密钥已失效，你的个人信息已清除。订单、付款和账单按法律要求保留在账簿中，但不含你的姓名。',
        '如果不是你本人操作，请立即联系本站客服。',
      ],
      action: '前往网站',
    },
    test: {
      subject: '邮件可以送达',
      paragraphs: [
        '这封邮件由初始设置页发出，用来检查邮件能否送达：它送到了。',
        '请看一下发件人是否正确，以及它有没有被放进垃圾箱：客户收到的邮件也是这样发出的。',
      ],
      action: '回到初始设置',
    },
    newAddress: '新邮箱',
  },
} as const;

const paths: Readonly<Record<AccountNews['news'], string>> = {
  verify_email: '/verify',
  change_email: '/verify',
  reset_password: '/reset/new',
  already_registered: '/sign-in',
  password_changed: '/reset',
  email_changed: '/',
  two_factor_on: '/console/settings',
  two_factor_off: '/console/settings',
  account_deleted: '/',
  test: '/admin/welcome',
};

/** A mail about somebody's own account. A secret stands behind the # of its link: browsers send that to nobody, so that no log has it. */
export function accountMail(site: MailSite, locale: MailLocale, about: AccountNews): RenderedMail {
  const { news } = about;
  const { subject, paragraphs, action } = words[locale][news];
  const ticket = 'ticket' in about ? about.ticket : undefined;
  return compose({
    ...{ template: `account-${news.replaceAll('_', '-')}`, site, locale, subject, paragraphs, audience: 'person' },
    ...(news === 'email_changed' && { facts: [[words[locale].newAddress, maskedEmail(about.email)]] as const }),
    action: { label: action, path: ticket === undefined ? paths[news] : `${paths[news]}#${ticket}` },
    isSensitive: ticket !== undefined,
  });
}

/** Enough to know one's own address again, too little to write to it. */
function maskedEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return `${local.slice(0, 1)}***@${domain}`;
}
