/** The model that was asked for, and the one that answered where that is another. */
export function modelText(request: { readonly modelRequested: string; readonly modelUsed: string | null }): string {
  const { modelRequested, modelUsed } = request;
  return modelUsed !== null && modelUsed !== modelRequested ? `${modelRequested} → ${modelUsed}` : modelRequested;
}
