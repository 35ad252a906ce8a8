import { type ToolId, toolIds } from '@ai-bridge/tool-setup';
import type { Check } from '../doctor/check.ts';
import { examine } from '../doctor/examine.ts';
import type { Texts } from '../language/texts.ts';
import { activeTools } from '../profiles/state.ts';
import { tools } from '../tools/tools.ts';
import { type Options, toolNamed } from './arguments.ts';
import type { Session } from './session.ts';

/** `ai-bridge doctor`: what is wrong with the tools that are set up, a line a check, and what to do next. */
export async function doctor(options: Options, session: Session): Promise<number> {
  const { texts, print, machine } = session;
  const asked =
    options['code-type'] === undefined ? activeTools(machine.store.load()) : [toolNamed(options['code-type'], texts)];
  const checks = (await Promise.all(asked.map((tool) => examine(tool, session)))).flat();
  const all = asked.length > 0 ? checks : [nothingSetUp(texts)];
  const faults = all.filter(({ status }) => status === 'fault').length;
  if (options.json) print(JSON.stringify({ ok: faults === 0, checks: all.map(jsonOf) }, null, 2));
  else printChecks(all, faults, session);
  return faults === 0 ? 0 : 1;
}

function nothingSetUp({ doctor: { nothingSetUp, runInit } }: Texts): Check {
  return { tool: undefined, name: 'setup', status: 'fault', text: nothingSetUp, next: runInit };
}

const jsonOf = ({ tool, name, status, text, next }: Check) => ({
  ...{ tool: tool ?? null, check: name, status, text, next: next ?? null },
});

function printChecks(checks: readonly Check[], faults: number, { texts: { doctor: texts }, print }: Session): void {
  for (const tool of [undefined, ...toolIds] as readonly (ToolId | undefined)[]) {
    const own = checks.filter((check) => check.tool === tool);
    if (tool !== undefined && own.length > 0) print(tools[tool].label);
    for (const { name, status, text, next } of own) {
      print(`  ${texts.status[status]} ${texts.check[name]}: ${text}`);
      if (next !== undefined) print(`          -> ${next}`);
    }
  }
  print(faults === 0 ? texts.fine : texts.faults(faults));
}
