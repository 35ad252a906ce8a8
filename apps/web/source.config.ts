import { defineConfig } from 'fumadocs-mdx/config';
import { codeTheme } from './src/features/docs/code-theme.ts';

/** How the docs' MDX is compiled: code in the site's own colours, nothing fetched, the text kept for search and for machines. */
export default defineConfig({
  mdxOptions: {
    rehypeCodeOptions: { themes: { light: codeTheme }, defaultColor: 'light', icon: false },
    remarkStructureOptions: { types: ['heading', 'paragraph', 'blockquote', 'tableCell', 'code'] },
    remarkImageOptions: false,
  },
});
