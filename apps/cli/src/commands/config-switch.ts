import { setTool } from '../change/set-tool.ts';
import { connect } from '../profiles/connect.ts';
import { findProfile, maskedKey } from '../profiles/profile.ts';
import { tools } from '../tools/tools.ts';
import { UserError } from '../user-error.ts';
import { type Options, toolNamed } from './arguments.ts';
import { printDone } from './init.ts';
import { refusing } from './refusing.ts';
import type { Session } from './session.ts';

/** `ai-bridge config-switch`: lists a tool's saved configurations, or sets it to one of them. */
export async function configSwitch(words: readonly string[], options: Options, session: Session): Promise<number> {
  const { machine, texts, print, prompts } = session;
  const tool = toolNamed(options['code-type'] ?? 'claude-code', texts);
  const { label } = tools[tool];
  const state = machine.store.load();
  const profiles = state.profiles[tool] ?? [];
  if (options.list) {
    if (profiles.length === 0) print(texts.list.none(label));
    else print(texts.list.head(label));
    for (const profile of profiles) {
      const mark = profile.name === state.active[tool] ? '*' : ' ';
      const { anthropicUrl, openaiUrl } = connect(profile);
      const url = tool === 'claude-code' ? anthropicUrl : openaiUrl;
      print(`${mark} ${profile.name}  ${url}  ${maskedKey(profile.key)}`);
    }
    return 0;
  }
  if (profiles.length === 0) throw new UserError(texts.list.none(label));
  const names = profiles.map(({ name }) => name);
  const [typed] = words;
  if (typed === undefined && !prompts) throw new UserError(texts.error.nameProfile);
  const choices = names.map((name) => ({ value: name, label: name }));
  const name = typed ?? (await prompts?.choose(label, choices, state.active[tool] ?? ''));
  if (name === undefined) throw new UserError(texts.ask.cancelled);
  const profile = findProfile(profiles, name);
  if (!profile) throw new UserError(texts.error.unknownProfile(name, names.join(', ')));
  printDone(
    tool,
    profile,
    refusing(tool, profile, texts, () => setTool(tool, profile, state, machine)),
    session,
  );
  return 0;
}
