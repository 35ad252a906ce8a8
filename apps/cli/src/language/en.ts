import { doctorEn } from './doctor-en.ts';
import { helpEn } from './help-en.ts';
import type { Texts } from './texts.ts';

const configReasons = {
  json: () => 'is not JSON',
  list: () => 'must be a list, or an object with a list "configs"',
  empty: () => 'has no entry',
  object: () => 'must be an object',
  text: () => 'must be text',
  provider: (given: string, providers: string) => `Unknown preset '${given}'. Valid presets: ${providers}`,
  key: () => 'a key is missing',
  type: (given: string) => `must be api_key or auth_token, not '${given}'`,
  twice: (given: string) => `the name '${given}' is there twice: give each configuration a name of its own`,
  defaults: () => 'only one can be the default',
} as const;

export const en: Texts = {
  help: helpEn,
  ask: {
    tool: 'Which tool?',
    provider: 'Which provider?',
    url: 'Its address',
    key: 'API key (not shown)',
    model: 'Model',
    modelHint: 'empty: the usual one',
    cancelled: 'Stopped. Nothing was changed.',
  },
  provider: { 'ai-bridge': 'AI-Bridge (this relay)', custom: 'Another address' },
  done: {
    set: (tool, profile, url, key) => `${tool} is set to ${profile} (${url}, key ${key}).`,
    made: (path) => `  made     ${path}`,
    changed: (path, backup) => `  changed  ${path}${backup ? `\n  copy     ${backup}` : ''}`,
    unchanged: (path) => `  as it was ${path}`,
    saved: (names) => `Saved: ${names}. Switch with: ai-bridge config-switch <name>`,
    tryIt: (command) => `Try it:  ${command}`,
    zedKey: (variable) =>
      `Zed keeps keys in the system's keychain: enter it in the agent panel's settings, or set ${variable} before Zed starts.`,
    codexChat: (label) =>
      `Warning: ${label} speaks Chat only, and current versions of Codex refuse wire_api = "chat" at their start. Use an older Codex, or reach this provider through a relay that converts.`,
    undoWith: 'Everything as it was:  ai-bridge undo',
  },
  list: {
    head: (tool) => `${tool}:`,
    none: (tool) => `No configuration of ${tool} is saved yet. Make one: ai-bridge init`,
  },
  undone: {
    restored: (path) => `  given back  ${path}`,
    deleted: (path) => `  deleted     ${path}  (it was not there before)`,
    nothing: (path) => `  as it was   ${path}`,
    left: (path) => `  left        ${path}  (the tool has written to it since; what was added is harmless)`,
    copyKept: (copy) => `  copy        ${copy}`,
    changed: (path, backup) =>
      `${path} has been changed since.${backup ? ` What it was before: ${backup}` : ' It was not there before.'}`,
    lost: (path, backup) => `${path} cannot be given back: its copy ${backup} is gone.`,
    refused: 'Nothing was changed. --force gives the files back all the same and keeps a copy of what they are now.',
    nothingToDo: 'There is nothing to undo.',
    profilesStay: (path) => `Saved configurations stay in ${path}, with their keys. Delete it to forget them.`,
  },
  error: {
    unknownCommand: (given) => `Unknown command '${given}'. See ai-bridge --help`,
    badArgument: (reason) => `${reason} See ai-bridge --help`,
    tooMany: (given) => `'${given}' is one word too many. See ai-bridge --help`,
    unknownTool: (given, valid) => `Unknown tool '${given}'. Valid tools: ${valid}`,
    unknownPreset: (given, valid) => `Unknown preset '${given}'. Valid presets: ${valid}`,
    unknownKeyType: (given, valid) => `Unknown type of key '${given}'. Valid types: ${valid}`,
    unknownProfile: (given, valid) => `No configuration is called '${given}'. There are: ${valid}`,
    noKey: 'A key is missing: -k <key>, -k - to read it from standard input, or AI_BRIDGE_API_KEY.',
    badKey: 'This is no key: it is empty, or has blanks or characters in it that no header can carry.',
    badName: 'A name is made of letters, digits, dots, dashes and underscores.',
    noUrl: 'An address is missing: -u <address>, or AI_BRIDGE_URL.',
    badUrl: (given) =>
      `'${given}' is no address: it must begin with https:// or http://, and have no user, query or #.`,
    noModel: (tool) => `${tool} has to be told a model of this provider: -M <model>`,
    speaksNot: (provider, tool) => `${provider} does not speak what ${tool} needs.`,
    bothConfigs: 'Either --api-configs or --api-configs-file, and neither together with -p, -k, -u, -t, -M or -F.',
    noFile: (path) => `${path} cannot be read.`,
    badConfigs: (at, reason, given, providers) => `${at}: ${configReasons[reason](given, providers)}`,
    uneditable: (path, line) =>
      `${path} cannot be edited safely${line === undefined ? ': it is not UTF-8' : `: line ${line} is not what it should be`}. Nothing was changed.`,
    brokenState: (path) => `${path} is broken. Delete it to start anew; the files of your tools stay as they are.`,
    nameProfile: 'Name a configuration, or use --list.',
    files: (reason) => `A file cannot be read or written: ${reason}`,
  },
  doctor: doctorEn,
};
