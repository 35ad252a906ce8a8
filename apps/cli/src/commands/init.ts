import { type ToolId, zedKeyVariable } from '@ai-bridge/tool-setup';
import type { DoneEdit } from '../change/carry-out.ts';
import { setTool } from '../change/set-tool.ts';
import { connect } from '../profiles/connect.ts';
import { withModelSizes } from '../profiles/model-sizes.ts';
import { maskedKey, type Profile } from '../profiles/profile.ts';
import { withProfiles } from '../profiles/state.ts';
import { tools } from '../tools/tools.ts';
import type { Options } from './arguments.ts';
import { gather } from './gather.ts';
import { refusing } from './refusing.ts';
import type { Session } from './session.ts';

/** `ai-bridge init`: saves one configuration or several, and sets the tool to one of them. */
export async function init(options: Options, session: Session): Promise<number> {
  const given = await gather(options, session);
  const { machine, texts, print } = session;
  const { tool } = given;
  const profiles = await Promise.all(given.profiles.map((profile) => withModelSizes(profile, session.fetch)));
  const chosen = profiles.find(({ name }) => name === given.chosen.name) ?? given.chosen;
  const state = withProfiles(machine.store.load(), tool, profiles);
  const done = refusing(tool, chosen, texts, () => setTool(tool, chosen, state, machine));
  printDone(tool, chosen, done, session);
  if (profiles.length > 1) print(texts.done.saved(profiles.map(({ name }) => name).join(', ')));
  return 0;
}

/** What became of each file, and what to do next. */
export function printDone(tool: ToolId, profile: Profile, done: readonly DoneEdit[], { texts, print }: Session): void {
  const { label, verify } = tools[tool];
  const connection = connect(profile);
  const url = (tool === 'claude-code' ? connection.anthropicUrl : connection.openaiUrl) ?? '';
  print(texts.done.set(label, profile.name, url, maskedKey(profile.key)));
  for (const { kind, path, backup } of done) {
    if (kind === 'changed') print(texts.done.changed(path, backup));
    else print(texts.done[kind](path));
  }
  if (tool === 'zed') print(texts.done.zedKey(zedKeyVariable(connection.label)));
  if (tool === 'codex' && connection.openaiWire === 'chat') print(texts.done.codexChat(connection.label));
  if (verify) print(texts.done.tryIt(verify));
  print(texts.done.undoWith);
}
