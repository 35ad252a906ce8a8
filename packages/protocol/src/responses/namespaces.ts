import type { Tool } from '../neutral/request.ts';

/** The name of a tool that stands in a group: one word, as other protocols know no groups. */
export function namespacedName(namespace: string, name: string): string {
  return `${namespace}__${name}`;
}

/** A tool's name as OpenAI has it: its own, and that of its group. */
export interface WireName {
  readonly name: string;
  readonly namespace?: string;
}

/** The name of a call of a tool, whose group stands in the call, or in the tools that the client offered. */
export function wireName(call: { name: string; namespace?: string | undefined }, tools: readonly Tool[]): WireName {
  const namespace = call.namespace ?? namespaceOf(call.name, tools);
  return namespace ? ungrouped(call.name, namespace) : { name: call.name };
}

/** @param name `<group>__<its own name>` */
export function ungrouped(name: string, namespace: string): WireName {
  const prefix = namespacedName(namespace, '');
  return name.startsWith(prefix) ? { name: name.slice(prefix.length), namespace } : { name };
}

function namespaceOf(name: string, tools: readonly Tool[]): string | undefined {
  const tool = tools.find((offered) => 'namespace' in offered && offered.name === name);
  return tool && 'namespace' in tool ? tool.namespace?.name : undefined;
}
