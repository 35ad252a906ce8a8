/** A wire format that a client or a channel speaks. */
export const protocols = ['anthropic-messages', 'openai-chat', 'openai-responses', 'gemini'] as const;

export type Protocol = (typeof protocols)[number];

export function isProtocol(value: string): value is Protocol {
  return (protocols as readonly string[]).includes(value);
}
