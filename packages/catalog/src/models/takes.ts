import type { ModelInput, Takes } from '@ai-bridge/domain';

/** Where a model's row says what it takes; null: not known. */
export const takesColumns = {
  images: 'takesImages',
  tools: 'takesTools',
  documents: 'takesDocuments',
} as const satisfies Record<ModelInput, string>;

export type TakesColumns = { readonly [column in (typeof takesColumns)[ModelInput]]: boolean | null };

export function takesOf({ takesImages, takesTools, takesDocuments }: TakesColumns): Takes {
  return {
    images: takesImages ?? undefined,
    tools: takesTools ?? undefined,
    documents: takesDocuments ?? undefined,
  };
}
