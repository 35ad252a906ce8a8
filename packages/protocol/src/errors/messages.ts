import type { ErrorCode, RelayError, RelayErrorDetail } from '@ai-bridge/domain';
import type { Language } from './language.ts';

/** `plansUrl`: where tokens are bought; undefined where that is not known. */
type Message = (detail: RelayErrorDetail, plansUrl: string | undefined) => string;

/** Each says what happened, why where that is known, and what to do next. */
const messages: Record<ErrorCode, Record<Language, Message>> = {
  invalid_api_key: {
    en: () =>
      'This API key is missing, unknown, disabled or expired. Check the key, or create a new one in the console.',
    zh: () => 'API 密钥缺失、不存在、已停用或已过期。请检查密钥，或在控制台创建新的密钥。',
  },
  model_not_allowed: {
    en: ({ model, group, reason }) =>
      group === undefined
        ? `This key may not use ${named(model, 'this model')}. Use an allowed model, or change the key's model list in the console.`
        : `This key's group "${group}" ${reason ?? `does not offer ${named(model, 'this model')}`}. Use a model that GET /v1/models lists, or create a key in another group.`,
    zh: ({ model, group, reason }) =>
      group === undefined
        ? `该密钥无权使用${named(model, '此模型')}。请改用允许的模型，或在控制台修改密钥的模型列表。`
        : `该密钥所属分组“${group}”${reason === undefined ? `不提供${named(model, '此模型')}` : '已不存在或已停用'}。请使用 GET /v1/models 列出的模型，或在其他分组下创建密钥。`,
  },
  organization_suspended: {
    en: () => 'This organization is suspended. Please contact support.',
    zh: () => '该组织已被暂停使用。请联系客服。',
  },
  address_not_allowed: {
    en: () => "Requests from this address are not allowed for this key. Change the key's address list in the console.",
    zh: () => '该密钥不允许从当前地址访问。请在控制台修改密钥的地址列表。',
  },
  insufficient_balance: {
    en: (_, plansUrl) =>
      `The balance is used up. Buy tokens ${plansUrl === undefined ? 'in the console' : `at ${plansUrl}`}.`,
    zh: (_, plansUrl) => `余额已用尽。请在${plansUrl === undefined ? '控制台' : ` ${plansUrl} `}购买 Token。`,
  },
  balance_in_use: {
    en: ({ limit }, plansUrl) =>
      limit
        ? `Requests under way have reserved the rest of the key's spend limit (${limit}). Try again when they have ended.`
        : `The rest of the balance is reserved by requests under way. Try again when they have ended, or buy tokens${plansUrl === undefined ? '' : ` at ${plansUrl}`}.`,
    zh: ({ limit }, plansUrl) =>
      limit
        ? `该密钥剩余的消费额度（${limit}）正被进行中的请求占用。请待其结束后重试。`
        : `剩余余额正被进行中的请求占用。请待其结束后重试，或${plansUrl === undefined ? '' : `在 ${plansUrl} `}购买 Token。`,
  },
  spend_limit_reached: {
    en: ({ limit }) =>
      `This key's spend limit (${limit ?? 'none'}, UTC) is reached. Raise it in the console, or wait until it begins anew.`,
    zh: ({ limit }) => `该密钥已达到消费上限（${limit ?? '无'}，按 UTC 计）。请在控制台调高上限，或等下一个周期。`,
  },
  rate_limit_exceeded: {
    en: ({ limit }) => `The rate limit is reached${limit ? ` (${limit})` : ''}. Slow down and try again later.`,
    zh: ({ limit }) => `已达到速率限制${limit ? `（${limit}）` : ''}。请降低请求频率，稍后重试。`,
  },
  invalid_request: {
    en: (detail) => `The request is not valid: ${place(detail)}. Correct it and send it again.`,
    zh: (detail) => `请求无效：${place(detail)}。请修改后重新发送。`,
  },
  method_not_allowed: {
    en: () => 'This method is not allowed here. See the documentation for the right one.',
    zh: () => '此路径不支持该请求方法。请查阅文档。',
  },
  not_found: {
    en: () => 'There is nothing at this path. Check the base URL and the path.',
    zh: () => '路径不存在。请检查 Base URL 与路径。',
  },
  model_not_found: {
    en: ({ model }) =>
      `${capital(named(model, 'this model'))} does not exist here. GET /v1/models lists the models you can use.`,
    zh: ({ model }) => `${named(model, '该模型')}不存在。可通过 GET /v1/models 查看可用模型。`,
  },
  upgrade_required: {
    en: () => 'WebSocket is not spoken here. Send the request as a plain HTTP POST.',
    zh: () => '此处不支持 WebSocket。请改用普通 HTTP POST 发送请求。',
  },
  request_too_large: {
    en: ({ limit }) =>
      `The request body is too large${limit ? ` (at most ${limit})` : ''}. Send less context or smaller files.`,
    zh: ({ limit }) => `请求体过大${limit ? `（上限 ${limit}）` : ''}。请减少上下文或压缩文件。`,
  },
  own_key_refused: {
    en: (detail) =>
      `Your own ${ownKey(detail)} was refused by the provider${because(detail)}. Check it with the provider, or replace it in the console under Own keys; nothing was charged here.`,
    zh: (detail) =>
      `服务商拒绝了您的自有密钥 ${ownKey(detail)}${because(detail)}。请到服务商处检查该密钥，或在控制台“自有密钥”中更换。此处未产生费用。`,
  },
  own_key_limited: {
    en: (detail) =>
      `Your own ${ownKey(detail)} has reached a rate limit at the provider${because(detail)}. Try again later, raise the limit there, or let our channels step in (console, Own keys).`,
    zh: (detail) =>
      `您的自有密钥 ${ownKey(detail)} 已达到服务商的速率限制${because(detail)}。请稍后重试、在服务商处提高限额，或在控制台“自有密钥”中允许由我们的渠道接替。`,
  },
  no_channel: {
    en: ({ model }) =>
      `No channel serves ${named(model, 'this model')} right now. Try again shortly, or use another model.`,
    zh: ({ model }) => `当前没有可用渠道提供${named(model, '该模型')}。请稍后重试，或改用其他模型。`,
  },
  ledger_unavailable: {
    en: () => 'Balances cannot be read at the moment. Nothing was charged; try again shortly.',
    zh: () => '暂时无法读取余额。本次未产生费用，请稍后重试。',
  },
  draining: {
    en: () => 'This server is restarting. Nothing was charged; try again now.',
    zh: () => '服务正在重启。本次未产生费用，请立即重试。',
  },
  maintenance: {
    en: (detail) =>
      `The operator is working on this service${untilAbout(detail, ', until about ')}. Nothing was charged; try again afterwards.${notice(detail, 'en')}`,
    zh: (detail) =>
      `服务正在维护${untilAbout(detail, '，预计持续到 ')}。本次未产生费用，请在维护结束后重试。${notice(detail, 'zh')}`,
  },
  overloaded: {
    en: () => 'Every upstream is busy or failing at the moment. Nothing was charged; try again shortly.',
    zh: () => '所有上游暂时繁忙或不可用。本次未产生费用，请稍后重试。',
  },
  upstream_timeout: {
    en: () => 'The upstream took too long to answer. Try again, or ask for a shorter answer.',
    zh: () => '上游响应超时。请重试，或缩短所需的回答。',
  },
  upstream_broke: {
    en: () => 'The upstream broke the answer off. You pay for what was delivered only; try again.',
    zh: () => '上游中断了回答。仅对已送达的内容计费，请重试。',
  },
  internal: {
    en: () => 'Something went wrong here. Try again; if it stays, tell support the request id.',
    zh: () => '服务内部出错。请重试；如仍失败，请将请求 ID 告知客服。',
  },
};

/** The text of an error for a person to read. @param consoleUrl where they find the console, where that is known */
export function errorMessage(error: RelayError, language: Language, consoleUrl?: string): string {
  const plansUrl = consoleUrl === undefined ? undefined : `${consoleUrl}/console/plans`;
  return messages[error.code][language](error.detail, plansUrl);
}

/** Names in messages are cut: they come from the caller. */
const maxNameCharacters = 128;

function named(model: string | undefined, otherwise: string): string {
  return model === undefined ? otherwise : `model "${model.slice(0, maxNameCharacters)}"`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function place({ path, reason }: RelayErrorDetail): string {
  return [path, reason ?? 'it cannot be understood'].filter(Boolean).join(': ');
}

function ownKey({ ownKey: key }: RelayErrorDetail): string {
  return key === undefined ? 'key' : `${key.provider} key "${key.name.slice(0, maxNameCharacters)}" (…${key.last4})`;
}

function because({ reason }: RelayErrorDetail): string {
  return reason === undefined ? '' : ` (${reason})`;
}

/** To the minute and in UTC: whoever reads it may be anywhere. */
function untilAbout({ until }: RelayErrorDetail, before: string): string {
  return until === undefined
    ? ''
    : `${before}${until.toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length).replace('T', ' ')} UTC`;
}

/** The operator's own words, in the other language where there are none in this one. */
function notice({ notice: texts }: RelayErrorDetail, language: Language): string {
  const text = texts?.[language] || texts?.[language === 'zh' ? 'en' : 'zh'];
  return text ? ` ${text}` : '';
}
