/** Whether what was charged is the fee for a customer's own key: the last attempt is the one that a request is charged for. */
export function wentByOwnKey({ attempts }: { readonly attempts: readonly { readonly ownKey: boolean }[] }): boolean {
  return attempts.at(-1)?.ownKey ?? false;
}
