/** What a request may carry and not every model takes: pictures, tools (offered, called or answered), documents such as a PDF. */
export const modelInputs = ['images', 'tools', 'documents'] as const;
export type ModelInput = (typeof modelInputs)[number];

/** What a model takes; undefined: not known. */
export type Takes = Readonly<Record<ModelInput, boolean | undefined>>;

/** Whether there is anything that a model is known not to take. */
export function refusesSome({ images, tools, documents }: Takes): boolean {
  return images === false || tools === false || documents === false;
}
