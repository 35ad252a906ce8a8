import type { ApiOutput } from '#components/api.ts';

export type Welcome = ApiOutput['welcome']['read'];
/** What the payment provider said to the site's keys. */
export type KeysTest = NonNullable<ApiOutput['welcome']['testPaymentKeys']>;

/** How many steps are behind, passed over or done. */
export function stepsBehind({ steps }: Pick<Welcome, 'steps'>): number {
  return steps.filter(({ state }) => state !== 'open').length;
}

/** A first request as it can be pasted, on a model that real channels serve. */
export function testRequest(workerUrl: string, model: string): string {
  const body = JSON.stringify({ model, max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] });
  return [
    `curl ${workerUrl}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer YOUR_API_KEY" \\`,
    `  -H "content-type: application/json" \\`,
    `  -d '${body}'`,
  ].join('\n');
}
