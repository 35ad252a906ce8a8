import { escapeHtml } from './escape-html.ts';
import type { MailLocale } from './mail-locale.ts';
import type { RenderedMail } from './rendered-mail.ts';
import { type MailSite, pageUrl, switchOffPathOf } from './site.ts';

/** What a mail says, before it is text and HTML. All of it is text: nothing here is trusted as HTML. */
export interface Letter {
  readonly template: string;
  readonly site: MailSite;
  readonly locale: MailLocale;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A label and a value each. */
  readonly facts?: readonly (readonly [string, string])[];
  /** What somebody of the staff says in their own words, in paragraphs of their own. */
  readonly quote?: { readonly label: string; readonly text: string } | undefined;
  /** The one thing to do next, and the page of ours for it. */
  readonly action: { readonly label: string; readonly path: string };
  readonly isSensitive?: boolean;
  /** Who it is for: an organization's people, unless it is about one person's own account. */
  readonly audience?: 'organization' | 'person' | 'invited';
}

const languages = { zh: 'zh-Hans', en: 'en' } as const;
const footers = {
  zh: {
    organization: (name: string) => `这封邮件由 ${name} 自动发出，发给组织的所有者和账务成员。`,
    person: (name: string) => `这封邮件由 ${name} 自动发出，与使用这个邮箱的账户有关。`,
    invited: (name: string) => `这封邮件由 ${name} 应一位用户的请求发出。`,
  },
  en: {
    organization: (name: string) => `Sent by ${name} to the owner and the billing members of your organization.`,
    person: (name: string) => `Sent by ${name} about the account with this e-mail address.`,
    invited: (name: string) => `Sent by ${name} because one of its users asked for it.`,
  },
} as const;
const switchOffLabels = { zh: '不再接收此类邮件', en: 'No more mails of this kind' } as const;
const footerOf = ({ locale, site, audience = 'organization' }: Letter) => footers[locale][audience](site.name);

const ink = '#1d1b18';
const faint = '#5f5a52';
const rule = '#d9d3c7';
const paper = '#fbf9f5';
const font = "font-family:system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif";

/** Writes a letter as text and as HTML that says the same. */
export function compose(letter: Letter): RenderedMail {
  const { template, locale, subject, isSensitive = false } = letter;
  return { template, locale, subject: oneLine(subject), text: textOf(letter), html: htmlOf(letter), isSensitive };
}

/** A line break in a subject would begin another header. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const gapOf = (locale: MailLocale) => (locale === 'zh' ? '：' : ': ');

function textOf(letter: Letter): string {
  const { site, locale, paragraphs, facts = [], quote, action } = letter;
  const lines = facts.map(([label, value]) => `${label}${gapOf(locale)}${value}`);
  const parts = [...paragraphs, ...(lines.length > 0 ? [lines.join('\n')] : [])];
  if (quote) parts.push(`${quote.label}${gapOf(locale)}${quote.text}`);
  const link = `${action.label}${gapOf(locale)}${pageUrl(site, locale, action.path)}`;
  const path = switchOffPathOf(site);
  const off = path === undefined ? '' : `\n${switchOffLabels[locale]}${gapOf(locale)}${pageUrl(site, locale, path)}`;
  return `${[...parts, link, `-- \n${footerOf(letter)}${off}`].join('\n\n')}\n`;
}

function htmlOf(letter: Letter): string {
  const { site, locale, subject, paragraphs, facts = [], quote, action } = letter;
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" style="padding:6px 16px 6px 0;text-align:left;font-weight:400;color:${faint}">${escapeHtml(label)}</th>` +
      `<td style="padding:6px 0;text-align:right">${escapeHtml(value)}</td></tr>`,
  );
  const table = `<table style="margin:0 0 16px;border-top:1px solid ${rule};border-bottom:1px solid ${rule};width:100%">${rows.join('')}</table>`;
  const href = escapeHtml(pageUrl(site, locale, action.path));
  return [
    `<!doctype html><html lang="${languages[locale]}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 16px;background:${paper};color:${ink};font-size:15px;line-height:1.65;${font}">`,
    `<main style="max-width:560px;margin:0 auto"><h1 style="margin:0 0 16px;font-size:19px;line-height:1.4">${escapeHtml(subject)}</h1>`,
    ...paragraphs.map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`),
    ...(rows.length > 0 ? [table] : []),
    ...(quote ? [quoteHtml(quote)] : []),
    `<p style="margin:0 0 24px"><a href="${href}" style="color:#9a3412">${escapeHtml(action.label)}</a></p>`,
    `<p style="margin:0;border-top:1px solid ${rule};padding-top:12px;font-size:13px;color:${faint}">${escapeHtml(footerOf(letter))}${offLinkOf(letter)}</p>`,
    '</main></body></html>',
  ].join('\n');
}

function quoteHtml({ label, text }: NonNullable<Letter['quote']>): string {
  const words = `<blockquote style="margin:0;padding:0 0 0 12px;border-left:2px solid ${rule};white-space:pre-line">${escapeHtml(text)}</blockquote>`;
  return `<div style="margin:0 0 16px"><p style="margin:0 0 4px;color:${faint}">${escapeHtml(label)}</p>${words}</div>`;
}

function offLinkOf({ site, locale }: Letter): string {
  const path = switchOffPathOf(site);
  if (path === undefined) return '';
  const href = escapeHtml(pageUrl(site, locale, path));
  return ` <a href="${href}" style="color:${faint}">${switchOffLabels[locale]}</a>`;
}
