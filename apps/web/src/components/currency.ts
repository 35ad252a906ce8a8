const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** Whether this is a currency's code in lower case, for example usd. */
export const isCurrency = (code: string): boolean => currencies.has(code);
