import {
  contrastRatio,
  limitsSchema,
  listBasisPoints,
  papers,
  readableContrast,
  signUpLimits,
} from '@ai-bridge/domain';
import { z } from 'zod';

/** What a setting is about: the parts of the settings page. */
export const settingGroups = ['maintenance', 'brand', 'language', 'money', 'signUp', 'relay'] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** One setting: where it stands, what it may be, and what it is while nobody says otherwise. */
interface Definition<Schema extends z.ZodType> {
  readonly group: SettingGroup;
  readonly schema: Schema;
  readonly default: z.output<Schema>;
  /** everyone: pages show it to whoever comes. staff: only who holds setting.read. */
  readonly visibleTo: 'everyone' | 'staff';
}

const define = <Schema extends z.ZodType>(definition: Definition<Schema>) => definition;

/** The languages that the site speaks. */
export const siteLanguages = ['zh', 'en'] as const;
export type SiteLanguage = (typeof siteLanguages)[number];

/** Texts that may be stored of Codex's instructions, and how long each may be. */
export const maxCodexTexts = 16;
export const maxCodexTextCharacters = 64 * 1024;
const maxBonusTokens = 100_000_000;
const maxSecondPersonUsd = 100_000;
const maxRefundAnswerDays = 30;
const maxContactLength = 254;
/** It stands in one banner and in one line of an error. */
const maxMaintenanceTextCharacters = 300;

/** A colour that text can be written in on this paper. */
function readableOn(look: keyof typeof papers) {
  return z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, { error: 'expected a colour as #rrggbb' })
    .superRefine((colour, context) => {
      const ratio = contrastRatio(colour, papers[look]);
      if (ratio === undefined || ratio >= readableContrast) return;
      const message = `has a contrast of ${ratio}:1 with the ${look} paper, and text needs ${readableContrast}:1`;
      context.addIssue({ code: 'custom', message });
    });
}

/** Whether people can write to it: an e-mail address, or an https page. */
function isContact(text: string): boolean {
  if (z.email().safeParse(text).success) return true;
  return URL.canParse(text) && new URL(text).protocol === 'https:' && !new URL(text).username;
}

const maintenanceText = z
  .string()
  .trim()
  .max(maxMaintenanceTextCharacters)
  .regex(/^[^\r\n]*$/, { error: 'expected one line' });

/** The one table of settings: the configuration file, the settings page and the readers all go by it. */
export const settingDefinitions = {
  /** What is held while something is worked on: the console's changes of money and new work, and new requests to the relay, too. */
  maintenance: define({
    group: 'maintenance',
    schema: z.enum(['off', 'console', 'consoleAndRelay']),
    default: 'off',
    visibleTo: 'everyone',
  }),
  /** What people are told of it; empty: only that it is. */
  maintenanceTextZh: define({ group: 'maintenance', schema: maintenanceText, default: '', visibleTo: 'everyone' }),
  maintenanceTextEn: define({ group: 'maintenance', schema: maintenanceText, default: '', visibleTo: 'everyone' }),
  /** When it is expected to be over, which is told and ends nothing by itself; empty: nobody knows. */
  maintenanceUntil: define({
    group: 'maintenance',
    schema: z.union([z.literal(''), z.iso.datetime({ offset: true })], {
      error: 'expected a moment such as 2026-11-22T22:00:00Z, or nothing',
    }),
    default: '',
    visibleTo: 'everyone',
  }),
  siteName: define({
    group: 'brand',
    schema: z.string().trim().min(1).max(64),
    default: 'AI-Bridge',
    visibleTo: 'everyone',
  }),
  /** On light paper, and on dark: no single colour is readable on both. */
  accentOnLight: define({
    group: 'brand',
    schema: readableOn('light'),
    default: '#c63d0a',
    visibleTo: 'everyone',
  }),
  accentOnDark: define({
    group: 'brand',
    schema: readableOn('dark'),
    default: '#ff7a45',
    visibleTo: 'everyone',
  }),
  /** Empty: none is named. */
  supportContact: define({
    group: 'brand',
    schema: z
      .string()
      .trim()
      .max(maxContactLength)
      .refine((text) => text === '' || isContact(text), {
        error: 'expected an e-mail address or an address that begins with https://',
      }),
    default: '',
    visibleTo: 'everyone',
  }),
  /** On offer, in the order of the switch. */
  languages: define({
    group: 'language',
    schema: z
      .array(z.enum(siteLanguages))
      .min(1)
      .max(siteLanguages.length)
      .refine((languages) => new Set(languages).size === languages.length, { error: 'expected each language once' }),
    default: [...siteLanguages],
    visibleTo: 'everyone',
  }),
  /** For who asks for none of those on offer; one that is not on offer gives way to the first that is. */
  defaultLanguage: define({
    group: 'language',
    schema: z.enum(siteLanguages),
    default: 'zh',
    visibleTo: 'everyone',
  }),
  /** What new plans are priced in; each plan and order keeps its own. */
  currency: define({
    group: 'money',
    schema: z.string().regex(/^[a-z]{3}$/, { error: 'expected a currency code of three small letters, such as usd' }),
    default: 'usd',
    visibleTo: 'everyone',
  }),
  showBalanceAs: define({
    group: 'money',
    schema: z.enum(['tokens', 'money']),
    default: 'tokens',
    visibleTo: 'everyone',
  }),
  /** What requests with a customer's own key cost: this share of the list price, 10000 being all of it. */
  ownKeyFeeBasisPoints: define({
    group: 'money',
    schema: z.number().int().min(0).max(listBasisPoints),
    default: 0,
    visibleTo: 'everyone',
  }),
  /** Above it refunds, corrections and codes take two people. List price, whole US dollars. */
  secondPersonAboveUsd: define({
    group: 'money',
    schema: z.number().int().min(0).max(maxSecondPersonUsd),
    default: 100,
    visibleTo: 'staff',
  }),
  /** Within so many days somebody decides on a refund that a customer asks for: told to customers, and kept an eye on at the desk. */
  refundAnswerDays: define({
    group: 'money',
    schema: z.number().int().min(1).max(maxRefundAnswerDays),
    default: 3,
    visibleTo: 'everyone',
  }),
  signUp: define({
    group: 'signUp',
    schema: z.enum(['open', 'closed']),
    default: 'open',
    visibleTo: 'everyone',
  }),
  /** Given to each organization that signs itself up, once. */
  signUpBonusTokens: define({
    group: 'signUp',
    schema: z.number().int().min(0).max(maxBonusTokens),
    default: 0,
    visibleTo: 'everyone',
  }),
  /** Caps of the organizations that sign themselves up. Replaces them as a whole: a kind that is not named has none. */
  signUpLimits: define({
    group: 'signUp',
    schema: limitsSchema,
    default: { ...signUpLimits },
    visibleTo: 'staff',
  }),
  /** Whether keys and purchases wait until a person has confirmed their address. withSmtp: where mail really leaves. */
  emailVerification: define({
    group: 'signUp',
    schema: z.enum(['withSmtp', 'always', 'never']),
    default: 'withSmtp',
    visibleTo: 'staff',
  }),
  /** Staff without a second factor are customers like others until they have one. */
  requireTwoFactorForStaff: define({
    group: 'signUp',
    schema: z.boolean(),
    default: false,
    visibleTo: 'staff',
  }),
  crossModelFallback: define({
    group: 'relay',
    schema: z.boolean(),
    default: true,
    visibleTo: 'everyone',
  }),
  /** The instructions that Codex itself sends, by how upstream model ids begin; "*" for all others. Replaces the texts as a whole. */
  codexOfficialInstructions: define({
    group: 'relay',
    schema: z
      .record(z.string().min(1).max(200), z.string().min(1).max(maxCodexTextCharacters))
      .refine((texts) => Object.keys(texts).length <= maxCodexTexts, {
        error: `expected at most ${maxCodexTexts} texts`,
      }),
    default: {},
    visibleTo: 'staff',
  }),
} as const;

export type SettingName = keyof typeof settingDefinitions;
export const settingNames = Object.keys(settingDefinitions) as readonly SettingName[];

type SchemaOf<Name extends SettingName> = (typeof settingDefinitions)[Name]['schema'];

/** The settings in force. */
export type SiteSettings = { readonly [Name in SettingName]: Readonly<z.output<SchemaOf<Name>>> };

/** Whether the table names it. */
export function isSettingName(text: string): text is SettingName {
  return Object.hasOwn(settingDefinitions, text);
}
