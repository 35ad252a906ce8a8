import { type Fields, fieldsOf, listOf, type OfferedTool, type Question, textOf } from './question.ts';
import { countTokens, hasWideCharacters, splitIntoTokens } from './tokens.ts';

/** What the demo says: a text in token-sized pieces, or a call of one of the offered tools. */
export interface Answer {
  readonly pieces: readonly string[];
  readonly toolCall: { readonly name: string; readonly input: Fields } | undefined;
  /** The text was cut at the requested limit. */
  readonly isCut: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Tokens that every request costs beside its text, as with real models. */
const overheadTokens = 8;
const maxQuotedCharacters = 200;

/** Answers as plainly as can be that no model is behind it, in the language of the question. */
export function answer(question: Question): Answer {
  const inputTokens = overheadTokens + countTokens(question.promptText);
  const tool = question.toolResult === undefined ? wantedTool(question) : undefined;
  if (tool) {
    const input = sampleInput(tool.schema, question.lastUserText);
    const outputTokens = overheadTokens + countTokens(JSON.stringify(input));
    return { pieces: [], toolCall: { name: tool.name, input }, isCut: false, inputTokens, outputTokens };
  }
  const whole = splitIntoTokens(words(question));
  const pieces = whole.slice(0, question.maxOutputTokens ?? whole.length);
  return {
    pieces,
    toolCall: undefined,
    isCut: pieces.length < whole.length,
    inputTokens,
    outputTokens: Math.max(1, pieces.length),
  };
}

/** The text of an answer, whole. */
export function answerText(given: Answer): string {
  return given.pieces.join('');
}

function words(question: Question): string {
  const said = question.toolResult ?? question.lastUserText;
  const quote = said.length > maxQuotedCharacters ? `${said.slice(0, maxQuotedCharacters)}...` : said;
  if (hasWideCharacters(question.lastUserText)) {
    const heard = question.toolResult === undefined ? '你写的是' : '工具返回的是';
    return `这是 AI-Bridge 的演示渠道:回答来自本机的模拟器,不是真正的模型。请求的模型是 ${question.model}。${heard}:“${quote}”。配置一个上游渠道后,就会得到真正的回答。`;
  }
  const heard = question.toolResult === undefined ? 'You wrote' : 'The tool returned';
  return `This is the demo channel of AI-Bridge: a simulator on this machine answers, not a real model. The model asked for is ${question.model}. ${heard}: "${quote}". Set up a channel to a provider and real answers come instead.`;
}

/** The first offered tool that the person names, or the first of all when they ask for "a tool". */
function wantedTool({ tools, lastUserText }: Question): OfferedTool | undefined {
  const asked = lastUserText.toLowerCase();
  const named = tools.find((tool) => tool.name !== '' && asked.includes(tool.name.toLowerCase()));
  if (named) return named;
  return /\b(use|call) (a|the|your) tools?\b|(使用|调用)工具/.test(asked) ? tools[0] : undefined;
}

/** Arguments that fit the schema's required properties: the question itself wherever a text is wanted. */
function sampleInput(schema: Fields, text: string): Fields {
  const properties = fieldsOf(schema['properties']);
  const required = listOf(schema['required']).map(textOf);
  return Object.fromEntries(required.map((name) => [name, sampleValue(fieldsOf(properties[name]), text)]));
}

function sampleValue(property: Fields, text: string): unknown {
  const choices = listOf(property['enum']);
  if (choices.length > 0) return choices[0];
  switch (textOf(property['type']).toLowerCase()) {
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return sampleInput(property, text);
    default:
      return text;
  }
}
