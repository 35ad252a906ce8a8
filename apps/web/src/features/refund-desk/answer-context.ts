import { moneyText } from '#components/money.ts';
import type { AnswerContext, AnswerReader } from '#features/reply/reply.ts';

/** What an answer about a refund is about. */
export interface RefundAnswer {
  readonly orderId: string;
  readonly organizationName: string;
  readonly reader: AnswerReader;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** What a reply's placeholders stand for in a refund's answer; the money as each language writes it. */
export function answerContext({
  orderId,
  organizationName,
  reader,
  amountMinor,
  currency,
}: RefundAnswer): AnswerContext {
  return {
    language: reader.language,
    valuesIn: (language) => ({
      amount: moneyText(amountMinor, currency, language),
      order: orderId,
      organization: organizationName,
      person: reader.name ?? organizationName,
    }),
  };
}
