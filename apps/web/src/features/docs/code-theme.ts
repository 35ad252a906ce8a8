const coloured = (foreground: string, ...scope: string[]) => ({ scope, settings: { foreground } });

/** Code in the tokens of globals.css, so that light and dark need no second copy of each block. */
export const codeTheme = {
  name: 'bridge',
  type: 'light' as const,
  colors: { 'editor.foreground': 'var(--ink)', 'editor.background': 'transparent' },
  settings: [
    { settings: { foreground: 'var(--ink)', background: 'transparent' } },
    coloured('var(--ink-faint)', 'comment', 'punctuation.definition.comment'),
    coloured('var(--good)', 'string', 'punctuation.definition.string', 'markup.inline.raw'),
    coloured('var(--accent)', 'keyword', 'storage', 'constant.language', 'entity.name.section', 'entity.name.table'),
    coloured('var(--ink)', 'keyword.operator', 'storage.type.function.arrow'),
    coloured('var(--warn)', 'constant.numeric', 'constant.character.escape', 'constant.other.option'),
    coloured('var(--series-1)', 'support.type.property-name', 'entity.name.tag', 'variable.other.normal.shell'),
    coloured('var(--series-1)', 'entity.name.function', 'support.function', 'entity.name.command'),
  ],
};
