import type { Welcome } from './seed/welcome.ts';

/** What the closing screen of a start tells. */
export interface ScreenFacts {
  readonly consoleUrl: string;
  readonly workerUrl: string;
  readonly welcome: Welcome | undefined;
  /** Tokens the first customer was given, for example "10,000,000". */
  readonly grantedTokens: string;
  readonly setupLink: string | undefined;
  readonly usesDemoChannel: boolean;
  readonly sample: SampleRequest | undefined;
  readonly dataFolder: string;
  readonly durationMs: number;
}

/** A request that works with the channels there are. */
export interface SampleRequest {
  readonly path: string;
  readonly body: object;
}

/** The text of the one screen that a start ends with: addresses, how to sign in, a curl that works as pasted. */
export function renderScreen(facts: ScreenFacts): string {
  return [
    `AI-Bridge is running (ready in ${(facts.durationMs / 1000).toFixed(1)} s).`,
    '',
    `  Console    ${facts.consoleUrl}`,
    `  API        ${facts.workerUrl}`,
    ...credentialLines(facts),
    ...sampleLines(facts),
    '',
    ...(facts.usesDemoChannel ? [demoLine] : []),
    `  Data and logs are in ${facts.dataFolder}. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

const demoLine =
  '  No provider is set up: a demo channel on this machine answers for every model. Start with ANTHROPIC_API_KEY,\n  OPENAI_API_KEY or GEMINI_API_KEY set to get real answers.';

function credentialLines({ welcome, setupLink, grantedTokens }: ScreenFacts): string[] {
  if (setupLink) return ['', `  Set up the first administrator (this link works once):`, `  ${setupLink}`];
  if (!welcome) return [];
  const { admin, customer, apiKey } = welcome;
  return [
    '',
    `  Administrator  ${admin.email}  ${admin.password}`,
    `  Customer       ${customer.email}  ${customer.password}  (starts with ${grantedTokens} tokens)`,
    `  API key        ${apiKey}`,
  ];
}

function sampleLines({ welcome, sample, workerUrl }: ScreenFacts): string[] {
  if (!welcome || !sample) return [];
  return [
    '',
    '  Try it:',
    '',
    `curl -N ${workerUrl}${sample.path} \\`,
    `  -H 'authorization: Bearer ${welcome.apiKey}' -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(sample.body)}'`,
  ];
}
