import type { ToolId } from '@ai-bridge/tool-setup';

export interface Tool {
  readonly label: string;
  /** What people type; undefined for what is no command. */
  readonly command: string | undefined;
  /** How it is installed where that is one line. */
  readonly install: string | undefined;
  /** What shows that it works. */
  readonly verify: string | undefined;
}

export const tools: Readonly<Record<ToolId, Tool>> = {
  'claude-code': {
    label: 'Claude Code',
    command: 'claude',
    install: 'npm install -g @anthropic-ai/claude-code',
    verify: 'claude -p "hello"',
  },
  codex: {
    label: 'Codex',
    command: 'codex',
    install: 'npm install -g @openai/codex',
    verify: 'codex exec --skip-git-repo-check "hello"',
  },
  opencode: {
    label: 'OpenCode',
    command: 'opencode',
    install: 'npm install -g opencode-ai',
    verify: 'opencode run "hello"',
  },
  openclaw: {
    label: 'OpenClaw',
    command: 'openclaw',
    install: 'npm install -g openclaw',
    verify: 'openclaw gateway restart && openclaw models list',
  },
  gemini: {
    label: 'Gemini CLI',
    command: 'gemini',
    install: 'npm install -g @google/gemini-cli',
    verify: 'gemini -p "hello"',
  },
  // An extension of editors; its command line is one more thing that people may or may not have.
  continue: { label: 'Continue', command: undefined, install: undefined, verify: undefined },
  zed: { label: 'Zed', command: undefined, install: undefined, verify: undefined },
  aider: {
    label: 'Aider',
    command: 'aider',
    install: 'python -m pip install aider-install && aider-install',
    verify: 'aider --no-git --message "hello"',
  },
};
