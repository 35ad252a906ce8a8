import { doctorZh } from './doctor-zh.ts';
import { helpZh } from './help-zh.ts';
import type { Texts } from './texts.ts';

const configReasons = {
  json: () => '不是 JSON',
  list: () => '应为列表，或带 "configs" 列表的对象',
  empty: () => '里面没有配置',
  object: () => '应为对象',
  text: () => '应为文本',
  provider: (given: string, providers: string) => `未知预设 '${given}'。可用预设：${providers}`,
  key: () => '缺少密钥',
  type: (given: string) => `应为 api_key 或 auth_token，而不是 '${given}'`,
  twice: (given: string) => `名称 '${given}' 出现了两次，请给每个配置取不同的名称`,
  defaults: () => '只能有一个默认配置',
} as const;

export const zh: Texts = {
  help: helpZh,
  ask: {
    tool: '配置哪个工具？',
    provider: '使用哪个提供商？',
    url: '地址',
    key: 'API 密钥（不显示）',
    model: '模型',
    modelHint: '留空则用默认模型',
    cancelled: '已停止，没有改动任何文件。',
  },
  provider: { 'ai-bridge': 'AI-Bridge（本站转发）', custom: '其他地址' },
  done: {
    set: (tool, profile, url, key) => `${tool} 已切换到 ${profile}（${url}，密钥 ${key}）。`,
    made: (path) => `  新建  ${path}`,
    changed: (path, backup) => `  修改  ${path}${backup ? `\n  备份  ${backup}` : ''}`,
    unchanged: (path) => `  未变  ${path}`,
    saved: (names) => `已保存：${names}。切换命令：ai-bridge config-switch <名称>`,
    tryIt: (command) => `试一下：${command}`,
    zedKey: (variable) =>
      `Zed 把密钥存放在系统钥匙串：请在 Agent 面板的设置里填写，或在启动 Zed 之前设置 ${variable}。`,
    codexChat: (label) =>
      `注意：${label} 只支持 Chat 协议，而新版 Codex 启动时会拒绝 wire_api = "chat"。请使用旧版 Codex，或通过会转换协议的转发服务访问它。`,
    undoWith: '恢复原样：ai-bridge undo',
  },
  list: {
    head: (tool) => `${tool}：`,
    none: (tool) => `还没有保存 ${tool} 的配置。新建一个：ai-bridge init`,
  },
  undone: {
    restored: (path) => `  已恢复  ${path}`,
    deleted: (path) => `  已删除  ${path}（原来没有这个文件）`,
    nothing: (path) => `  未变    ${path}`,
    left: (path) => `  保留    ${path}（工具之后写过它，添加的内容没有影响）`,
    copyKept: (copy) => `  备份    ${copy}`,
    changed: (path, backup) => `${path} 之后被改过。${backup ? `原来的内容在：${backup}` : '原来没有这个文件。'}`,
    lost: (path, backup) => `${path} 无法恢复：备份 ${backup} 不见了。`,
    refused: '没有改动任何文件。加 --force 会照样恢复，并为现在的内容留一份备份。',
    nothingToDo: '没有可以撤销的改动。',
    profilesStay: (path) => `已保存的配置连同密钥仍在 ${path}，删除该文件即可清除。`,
  },
  error: {
    unknownCommand: (given) => `未知命令 '${given}'。请看 ai-bridge --help`,
    badArgument: (reason) => `${reason} 请看 ai-bridge --help`,
    tooMany: (given) => `多了一个参数 '${given}'。请看 ai-bridge --help`,
    unknownTool: (given, valid) => `未知工具 '${given}'。可用工具：${valid}`,
    unknownPreset: (given, valid) => `未知预设 '${given}'。可用预设：${valid}`,
    unknownKeyType: (given, valid) => `未知密钥类型 '${given}'。可用类型：${valid}`,
    unknownProfile: (given, valid) => `没有名为 '${given}' 的配置。现有：${valid}`,
    noKey: '缺少密钥：-k <密钥>，或 -k - 从标准输入读取，或设置 AI_BRIDGE_API_KEY。',
    badKey: '这不是密钥：它是空的，或含有空白或请求头放不下的字符。',
    badName: '名称只能由字母、数字、点、连字符和下划线组成。',
    noUrl: '缺少地址：-u <地址>，或设置 AI_BRIDGE_URL。',
    badUrl: (given) => `'${given}' 不是有效地址：须以 https:// 或 http:// 开头，不带用户名、查询参数和 #。`,
    noModel: (tool) => `需要指定 ${tool} 使用该提供商的哪个模型：-M <模型>`,
    speaksNot: (provider, tool) => `${provider} 不支持 ${tool} 所需的协议。`,
    bothConfigs: '--api-configs 与 --api-configs-file 只能选一个，且不能与 -p、-k、-u、-t、-M、-F 同用。',
    noFile: (path) => `无法读取 ${path}。`,
    badConfigs: (at, reason, given, providers) => `${at}：${configReasons[reason](given, providers)}`,
    uneditable: (path, line) =>
      `${path} 无法安全修改${line === undefined ? '：不是 UTF-8' : `：第 ${line} 行格式有误`}。没有改动任何文件。`,
    brokenState: (path) => `${path} 已损坏。删除它即可重新开始，工具的配置文件不受影响。`,
    nameProfile: '请写上配置名称，或使用 --list。',
    files: (reason) => `文件无法读写：${reason}`,
  },
  doctor: doctorZh,
};
