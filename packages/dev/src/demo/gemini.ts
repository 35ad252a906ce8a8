import type { ServerResponse } from 'node:http';
import { type Answer, answer, answerText } from './answer.ts';
import { contentText, type Fields, fieldsOf, listOf, positiveInteger, type Question, textOf } from './question.ts';
import { openEventStream, sendJson } from './sse.ts';

/** POST .../models/{model}:generateContent, :streamGenerateContent?alt=sse and :countTokens */
export async function answerGemini(
  { model, action, isEventStream }: { model: string; action: string; isEventStream: boolean },
  body: Fields,
  response: ServerResponse,
  id: string,
  pieceDelayMs: number,
): Promise<void> {
  const isStream = action === 'streamGenerateContent';
  const given = answer(readQuestion(model, isStream, fieldsOf(body['generateContentRequest'] ?? body)));
  if (action === 'countTokens') {
    sendJson(response, 200, { totalTokens: given.inputTokens });
    return;
  }
  const chunk = (parts: Fields[], outputTokens: number, finishReason?: string): Fields => ({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason ? { finishReason } : {}) }],
    usageMetadata: {
      promptTokenCount: given.inputTokens,
      candidatesTokenCount: outputTokens,
      totalTokenCount: given.inputTokens + outputTokens,
    },
    modelVersion: model,
    responseId: `demo-${id}`,
  });
  const finish = given.isCut ? 'MAX_TOKENS' : 'STOP';
  if (!isStream) {
    sendJson(response, 200, chunk(wholeParts(given), given.outputTokens, finish));
    return;
  }
  const parts = given.toolCall ? wholeParts(given) : given.pieces.map((text) => ({ text }));
  const chunks = parts.map((part, index) =>
    index === parts.length - 1 ? chunk([part], given.outputTokens, finish) : chunk([part], index + 1),
  );
  if (!isEventStream) {
    sendJson(response, 200, chunks);
    return;
  }
  const stream = openEventStream(response, pieceDelayMs);
  for (const one of chunks) {
    await stream.pause();
    if (!(await stream.send(one))) return;
  }
  stream.end();
}

export function geminiError(code: number, status: string, message: string): Fields {
  return { error: { code, message, status } };
}

function wholeParts(given: Answer): Fields[] {
  if (!given.toolCall) return [{ text: answerText(given) }];
  return [{ functionCall: { name: given.toolCall.name, args: given.toolCall.input } }];
}

function readQuestion(model: string, isStream: boolean, body: Fields): Question {
  const contents = listOf(body['contents']).map(fieldsOf);
  const textOfContent = (content: Fields | undefined) => contentText(content?.['parts']);
  const system = fieldsOf(body['systemInstruction'] ?? body['system_instruction']);
  const lastParts = listOf(contents.at(-1)?.['parts']).map(fieldsOf);
  const result = lastParts.find((part) => 'functionResponse' in part);
  const lastUser = contents.findLast((content) => content['role'] !== 'model' && textOfContent(content) !== '');
  return {
    model,
    isStream,
    promptText: [textOfContent(system), ...contents.map(textOfContent)].join('\n'),
    lastUserText: textOfContent(lastUser),
    toolResult: result && JSON.stringify(fieldsOf(result['functionResponse'])['response'] ?? {}),
    tools: listOf(body['tools'])
      .flatMap((tool) => listOf(fieldsOf(tool)['functionDeclarations']))
      .map(fieldsOf)
      .map((tool) => ({
        name: textOf(tool['name']),
        schema: fieldsOf(tool['parametersJsonSchema'] ?? tool['parameters']),
      })),
    maxOutputTokens: positiveInteger(fieldsOf(body['generationConfig'])['maxOutputTokens']),
  };
}
