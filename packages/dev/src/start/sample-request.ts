import type { PrismaClient } from '@ai-bridge/db';
import type { SampleRequest } from './screen.ts';

const greeting = [{ role: 'user', content: 'Hello, what are you?' }];

const samples: readonly { protocol: string; usualModel: string; request(model: string): SampleRequest }[] = [
  {
    protocol: 'anthropic-messages',
    usualModel: 'claude-sonnet-4-6',
    request: (model) => ({
      path: '/v1/messages',
      body: { model, max_tokens: 300, stream: true, messages: greeting },
    }),
  },
  {
    protocol: 'openai-chat',
    usualModel: 'gpt-4o-mini',
    request: (model) => ({ path: '/v1/chat/completions', body: { model, stream: true, messages: greeting } }),
  },
  {
    protocol: 'gemini',
    usualModel: 'gemini-2.5-flash',
    request: (model) => ({
      path: `/v1beta/models/${model}:generateContent`,
      body: { contents: [{ role: 'user', parts: [{ text: greeting[0]?.content }] }] },
    }),
  },
];

/** A request that some enabled channel can answer for a model that has a price; undefined when there is none. */
export async function findSampleRequest(prisma: PrismaClient): Promise<SampleRequest | undefined> {
  const channels = await prisma.channel.findMany({ where: { enabled: true } });
  const real = channels.filter((channel) => channel.origin !== 'demo');
  const priced = await prisma.model.findMany({ where: { enabled: true, prices: { some: {} } }, select: { id: true } });
  const pricedIds = new Set(priced.map((model) => model.id));
  for (const { protocol, usualModel, request } of samples) {
    const speaking = (real.length > 0 ? real : channels).filter((channel) => channel.protocols.includes(protocol));
    for (const channel of speaking) {
      const served = servedModels(channel.models);
      const candidates = served.includes('*')
        ? [usualModel, ...pricedIds]
        : [usualModel, ...served].filter((id) => served.includes(id));
      const model = candidates.find((id) => pricedIds.has(id));
      if (model) return request(model);
    }
  }
  return undefined;
}

/** Public model ids of a channel's `models` column: a map, or a list when public and upstream ids are equal. */
function servedModels(models: unknown): string[] {
  if (models === '*') return ['*'];
  if (Array.isArray(models)) return models.map(String);
  return Object.keys((models ?? {}) as object);
}
