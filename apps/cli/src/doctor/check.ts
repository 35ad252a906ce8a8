import type { ToolId } from '@ai-bridge/tool-setup';

/** One line of what the doctor found. */
export interface Check {
  /** Undefined for what belongs to no tool. */
  readonly tool: ToolId | undefined;
  readonly name: 'setup' | 'command' | 'variables' | 'address' | 'key' | 'call';
  readonly status: 'ok' | 'warning' | 'fault';
  readonly text: string;
  /** What to do next. */
  readonly next?: string | undefined;
}

/** What a check comes to, before it is known whose it is. */
export type Finding = Pick<Check, 'status' | 'text' | 'next'>;
