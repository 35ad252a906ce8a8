import {
  anything,
  flag,
  isObject,
  list,
  map,
  number,
  object,
  objectsOf,
  one,
  type Shape,
  text,
  union,
  whole,
  words,
} from './shape.ts';

const name = text(/^[a-zA-Z_][\w.:-]{0,127}$/);
const base64 = text(/^[A-Za-z0-9+/_-]+={0,2}$/);
const part = union(
  {
    text: words,
    inlineData: object({
      mimeType: text(/^(image\/(png|jpeg|webp|heic|heif|gif)|audio\/|video\/|application\/pdf|text\/)/),
      data: base64,
    }),
    fileData: object({ fileUri: words }, { mimeType: words }),
    functionCall: object({ name, args: map }, { id: words }),
    functionResponse: object({ name, response: map }, { id: words, parts: list(map) }),
  },
  { thought: flag, thoughtSignature: base64, mediaResolution: anything },
);
/** Keywords that `responseJsonSchema` and `parametersJsonSchema` know. */
const schemaKeys = new Set([
  ...[
    '$id',
    '$defs',
    '$ref',
    '$anchor',
    'type',
    'format',
    'title',
    'description',
    'enum',
    'items',
    'prefixItems',
    'minItems',
  ],
  ...[
    'maxItems',
    'minimum',
    'maximum',
    'anyOf',
    'oneOf',
    'properties',
    'additionalProperties',
    'required',
    'propertyOrdering',
  ],
]);
const tool = union({
  functionDeclarations: list(object({ name }, { description: text(), parametersJsonSchema: jsonSchema }), 1, 512),
  googleSearch: object({}),
});
const shape = object(
  { contents: list(object({ role: one('user', 'model'), parts: list(part, 1) }), 1) },
  {
    systemInstruction: object({ parts: list(part, 1) }, { role: anything }),
    tools: list(tool, 1),
    toolConfig: object({
      functionCallingConfig: object(
        { mode: one('AUTO', 'ANY', 'NONE', 'VALIDATED') },
        { allowedFunctionNames: list(name, 1) },
      ),
    }),
    serviceTier: one('standard', 'flex', 'priority'),
    generationConfig: object(
      {},
      {
        temperature: number(0, 2),
        topP: number(0, 1),
        topK: number(1),
        maxOutputTokens: whole(1),
        stopSequences: list(text(/^[\s\S]+$/), 1, 5),
        presencePenalty: number(-2, 2),
        frequencyPenalty: number(-2, 2),
        seed: whole(Number.MIN_SAFE_INTEGER),
        responseMimeType: one('application/json'),
        responseJsonSchema: jsonSchema,
        thinkingConfig: object(
          {},
          { includeThoughts: flag, thinkingBudget: whole(-1), thinkingLevel: one('MINIMAL', 'LOW', 'MEDIUM', 'HIGH') },
        ),
      },
    ),
  },
);

function jsonSchema(value: unknown, path: string, problems: string[]): void {
  if (typeof value === 'boolean') return;
  if (!isObject(value)) return void problems.push(`${path}: must be a schema`);
  for (const [key, inner] of Object.entries(value)) {
    if (!schemaKeys.has(key)) problems.push(`${path}.${key}: no keyword of its schemas`);
    if (key === 'properties' || key === '$defs') {
      if (isObject(inner))
        for (const [field, one] of Object.entries(inner)) jsonSchema(one, `${path}.${field}`, problems);
    } else if (key === 'items' || key === 'additionalProperties') jsonSchema(inner, `${path}.${key}`, problems);
    else if (key === 'anyOf' || key === 'oneOf' || key === 'prefixItems')
      list(jsonSchema)(inner, `${path}.${key}`, problems);
  }
}

/** For tests: what generativelanguage.googleapis.com would refuse in a body of another protocol's client. */
export const geminiProblems: Shape = (body, path, problems) => {
  shape(body, path, problems);
  if (!isObject(body)) return;
  const contents = objectsOf(body['contents']);
  for (const [index, { role, parts }] of contents.entries()) {
    const at = `${path}.contents.${index}`;
    if (role !== (index % 2 === 0 ? 'user' : 'model')) problems.push(`${at}: out of turn`);
    const called = namesOf(contents[index - 1]?.['parts'], 'functionCall');
    const results = namesOf(parts, 'functionResponse');
    if (called.join() !== results.join()) problems.push(`${at}: called ${called}, answered ${results}`);
    if (role === 'user' && namesOf(parts, 'functionCall').length > 0) problems.push(`${at}: the user calls`);
  }
  // The beginning of an answer may stand last, a call without its result may not.
  if (namesOf(contents.at(-1)?.['parts'], 'functionCall').length > 0) problems.push(`${path}.contents: ends in a call`);
  const thinking = isObject(body['generationConfig']) ? body['generationConfig']['thinkingConfig'] : undefined;
  if (isObject(thinking) && 'thinkingBudget' in thinking && 'thinkingLevel' in thinking) {
    problems.push(`${path}.generationConfig.thinkingConfig: budget and level`);
  }
  if (body['toolConfig'] && !body['tools']) problems.push(`${path}.toolConfig: without tools`);
};

function namesOf(parts: unknown, kind: string): string[] {
  return objectsOf(parts).flatMap((part) => (isObject(part[kind]) ? [String(part[kind]['name'])] : []));
}
