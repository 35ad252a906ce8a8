import type { KeyKind, ToolId } from '@ai-bridge/tool-setup';
import { toolIds } from '@ai-bridge/tool-setup';
import { faultOf, isAddress, isKey } from '../profiles/check-profile.ts';
import { presetLabel } from '../profiles/preset-label.ts';
import { isProvider, type Profile, type ProviderId, providerIds } from '../profiles/profile.ts';
import { BadConfigs, type GivenProfiles, isKeyKind, readConfigs } from '../profiles/read-configs.ts';
import { tools } from '../tools/tools.ts';
import { UserError } from '../user-error.ts';
import { type Options, toolNamed } from './arguments.ts';
import type { Session } from './session.ts';

/** What `init` is to do: from the arguments, then the environment, then by asking. */
export interface Wish extends GivenProfiles {
  readonly tool: ToolId;
}

const keyVariable = 'AI_BRIDGE_API_KEY';
const urlVariable = 'AI_BRIDGE_URL';

/** @throws UserError for what is wrong, or missing where nobody can be asked */
export async function gather(options: Options, session: Session): Promise<Wish> {
  const { texts } = session;
  // Whatever is wrong in the arguments is said before anything is asked.
  const provider = options.provider === undefined ? undefined : providerNamed(options.provider, session);
  const keyKind = options['api-type'] === undefined ? undefined : keyKindNamed(options['api-type'], session);
  const named = options['code-type'] === undefined ? undefined : toolNamed(options['code-type'], texts);
  const asker = options['skip-prompt'] ? undefined : session.prompts;
  const inQuiet = { ...session, prompts: asker };
  const configs = await configsText(options, session);
  const tool = named ?? (await chooseTool(inQuiet));
  if (configs !== undefined) return { tool, ...fromConfigs(configs, session) };
  const chosen = await askProfile(options, provider, keyKind, inQuiet);
  return { tool, profiles: [chosen], chosen };
}

function providerNamed(given: string, { texts }: Session): ProviderId {
  if (isProvider(given)) return given;
  throw new UserError(texts.error.unknownPreset(given, providerIds.join(', ')));
}

function keyKindNamed(given: string, { texts }: Session): KeyKind {
  if (isKeyKind(given)) return given;
  throw new UserError(texts.error.unknownKeyType(given, 'api_key, auth_token'));
}

async function configsText(options: Options, { texts, machine }: Session): Promise<string | undefined> {
  const file = options['api-configs-file'];
  const given = options['api-configs'];
  if (given === undefined && file === undefined) return undefined;
  const single = ['provider', 'api-key', 'api-url', 'api-type', 'api-model', 'api-fast-model', 'name'] as const;
  const isMixed = single.some((name) => options[name] !== undefined) || (given !== undefined && file !== undefined);
  if (isMixed) throw new UserError(texts.error.bothConfigs);
  if (file === undefined) return given;
  const found = machine.disk.read(file);
  if (!found) throw new UserError(texts.error.noFile(file));
  return Buffer.from(found.bytes).toString();
}

function fromConfigs(text: string, session: Session): GivenProfiles {
  try {
    const given = readConfigs(text);
    const url = relayUrl(session);
    const filled = (profile: Profile) =>
      profile.provider === 'ai-bridge' ? { ...profile, url: profile.url ?? url } : profile;
    const profiles = given.profiles.map((profile) => checked(filled(profile), session));
    return { profiles, chosen: filled(given.chosen) };
  } catch (error) {
    if (!(error instanceof BadConfigs)) throw error;
    const { at, reason, given } = error;
    throw new UserError(session.texts.error.badConfigs(at, reason, given, providerIds.join(', ')));
  }
}

async function chooseTool({ prompts, texts }: Session): Promise<ToolId> {
  if (!prompts) return 'claude-code';
  const choices = toolIds.map((id) => ({ value: id, label: tools[id].label }));
  return toolNamed(answered(await prompts.choose(texts.ask.tool, choices, 'claude-code'), texts), texts);
}

async function askProfile(
  options: Options,
  named: ProviderId | undefined,
  keyKind: KeyKind | undefined,
  session: Session,
): Promise<Profile> {
  const { texts, prompts } = session;
  // The older way of saying `custom`: a type of key, without a preset.
  const provider = named ?? (keyKind ? 'custom' : await chooseProvider(session));
  const url = options['api-url'] ?? (provider === 'ai-bridge' ? relayUrl(session) : undefined);
  const needsUrl = url === undefined && (provider === 'ai-bridge' || provider === 'custom');
  const urlFault = (answer: string) => (isAddress(answer.trim()) ? undefined : texts.error.badUrl(answer));
  const askedUrl = needsUrl && prompts ? answered(await prompts.ask(texts.ask.url, 'https://', urlFault), texts) : url;
  const key = await readKey(options, session);
  const isAsked = prompts !== undefined && options['api-model'] === undefined;
  const model = isAsked
    ? answered(await prompts.ask(texts.ask.model, texts.ask.modelHint, () => undefined), texts)
    : options['api-model'];
  const profile: Profile = {
    ...{ name: options.name ?? provider, provider, key, keyKind },
    ...{ url: askedUrl?.trim(), model: model?.trim() || undefined, fastModel: options['api-fast-model'] },
  };
  return checked(profile, session);
}

async function chooseProvider({ prompts, texts }: Session): Promise<ProviderId> {
  if (!prompts) return 'ai-bridge';
  const choices = providerIds.map((id) => ({ value: id, label: presetLabel(id, texts) }));
  const answer = answered(await prompts.choose(texts.ask.provider, choices, 'ai-bridge'), texts);
  return isProvider(answer) ? answer : 'ai-bridge';
}

async function readKey(options: Options, { prompts, texts, machine, readInput }: Session): Promise<string> {
  const given = options['api-key'];
  if (given === '-') return (await readInput()).trim();
  const key = given ?? machine.surroundings.variables[keyVariable];
  if (key !== undefined && key !== '') return key.trim();
  if (!prompts || given !== undefined)
    throw new UserError(given === undefined ? texts.error.noKey : texts.error.badKey);
  const fault = (answer: string) => (isKey(answer.trim()) ? undefined : texts.error.badKey);
  return answered(await prompts.askSecret(texts.ask.key, fault), texts).trim();
}

function checked(profile: Profile, { texts }: Session): Profile {
  const { badKey, badName, noUrl, badUrl } = texts.error;
  const fault = faultOf(profile);
  if (fault === undefined) return profile;
  const text = { key: badKey, name: badName, 'no-url': noUrl, url: badUrl(profile.url ?? '') };
  throw new UserError(text[fault]);
}

const relayUrl = ({ machine }: Session) => machine.surroundings.variables[urlVariable] || undefined;

function answered(answer: string | undefined, texts: Session['texts']): string {
  if (answer === undefined) throw new UserError(texts.ask.cancelled);
  return answer;
}
