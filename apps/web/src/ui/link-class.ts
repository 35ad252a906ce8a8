/** The look of a link inside text and tables. */
export const linkClass = 'underline decoration-rule-strong underline-offset-4 hover:decoration-accent';
