import type { ToolId } from '@ai-bridge/tool-setup';
import type { Session } from '../commands/session.ts';
import { valueAt } from '../edit/leaves.ts';
import { isAddress, isKey } from '../profiles/check-profile.ts';
import { maskedKey } from '../profiles/profile.ts';
import { tools } from '../tools/tools.ts';
import type { Check, Finding } from './check.ts';
import { findCommand } from './find-command.ts';
import { judgeCall, judgeKey } from './judge.ts';
import { askForAnything, askForKey, realCall } from './questions.ts';
import { shadowsOf } from './shadows.ts';
import { type Target, targetOf } from './target.ts';
import { BrokenFile, readToolFiles, type ToolFiles } from './tool-files.ts';

/** Everything that can be said of one tool, in the order in which it would be mended. */
export async function examine(tool: ToolId, session: Session): Promise<readonly Check[]> {
  const { machine, texts } = session;
  const { surroundings, disk } = machine;
  const as =
    (name: Check['name']) =>
    (finding: Finding): Check => ({ tool, name, ...finding });
  const command = as('command')(checkCommand(tool, session));
  let files: ToolFiles;
  try {
    files = readToolFiles(tool, machine);
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    const text = texts.doctor.unreadable(error.path, error.line);
    return [command, as('setup')({ status: 'fault', text, next: texts.doctor.mendFile })];
  }
  const shadows = shadowsOf(tool, { files, surroundings, disk, texts: texts.doctor });
  const variables = shadows.length > 0 ? shadows : [{ status: 'ok', text: texts.doctor.noShadows } as const];
  const target = targetOf(tool, files, surroundings.variables);
  const rest = await checkTarget(target, session);
  return [command, ...variables.map(as('variables')), ...rest.map(([name, finding]) => as(name)(finding))];
}

function checkCommand(tool: ToolId, { machine, texts }: Session): Finding {
  const { command, install } = tools[tool];
  if (command === undefined) return { status: 'ok', text: texts.doctor.noCommand };
  const path = findCommand(command, machine.surroundings, machine.disk);
  if (path !== undefined) return { status: 'ok', text: texts.doctor.commandFound(command, path) };
  const next = install && texts.doctor.installIt(install);
  return { status: 'fault', text: texts.doctor.commandMissing(command), next };
}

type Named = readonly [name: 'address' | 'key' | 'call', finding: Finding];

async function checkTarget(target: Target, session: Session): Promise<readonly Named[]> {
  const { doctor } = session.texts;
  const { address, isRelay } = await checkAddress(target, session);
  const isReached = address.status !== 'fault';
  const key = await checkKey(target, isRelay, session);
  const isReady = isReached && target.key !== undefined && key.status !== 'fault';
  const skipped: Finding = { status: 'warning', text: doctor.callSkipped };
  const noModel: Finding = { status: 'fault', text: doctor.modelMissing, next: doctor.modelMissingNext };
  const called = async () => judgeCall(target, await realCall(target, session.fetch), doctor);
  const call = !isReady ? skipped : target.model === undefined ? noModel : await called();
  return [
    ['address', address],
    ['key', key],
    ['call', call],
  ];
}

interface CheckedAddress {
  readonly address: Finding;
  /** One of this kind answers there, which can be asked for its keys. */
  readonly isRelay: boolean;
}

async function checkAddress({ url }: Target, { texts: { doctor }, machine, fetch }: Session): Promise<CheckedAddress> {
  const fault = (text: string, next: string): CheckedAddress => {
    return { address: { status: 'fault', text, next }, isRelay: false };
  };
  if (url === undefined) return fault(doctor.addressMissing, doctor.runInit);
  if (!isAddress(url)) return fault(doctor.addressBad(url), doctor.addressBadNext);
  const answer = await askForAnything(url, fetch);
  if (answer.kind === 'answer') {
    const isRelay = valueAt(answer.body, ['service']) === 'ai-bridge';
    return { address: { status: 'ok', text: doctor.addressAnswers(url) }, isRelay };
  }
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = machine.surroundings.variables;
  const hasProxy = [HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy].some((proxy) => proxy);
  const next = doctor.unreachableNext[answer.reason] + (hasProxy ? ` ${doctor.proxyNote}` : '');
  return fault(doctor.unreachable[answer.reason](url), next);
}

async function checkKey(target: Target, isRelay: boolean, { texts: { doctor }, fetch }: Session): Promise<Finding> {
  const { key, keychainVariable } = target;
  if (key === undefined && keychainVariable !== undefined) {
    const text = doctor.keyInKeychain(keychainVariable);
    return { status: 'warning', text, next: doctor.keyInKeychainNext(keychainVariable) };
  }
  if (key === undefined) return { status: 'fault', text: doctor.keyMissing, next: doctor.runInit };
  if (!isKey(key)) return { status: 'fault', text: doctor.keyRefused(maskedKey(key)), next: doctor.keyRefusedNext };
  const told = isRelay ? judgeKey(target, await askForKey(target, fetch), doctor) : undefined;
  return told ?? { status: 'ok', text: doctor.keyUnchecked(maskedKey(key)) };
}
