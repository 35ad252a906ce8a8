import type { MDXComponents } from 'mdx/types';
import { isValidElement, type ReactNode } from 'react';
import { CodeFence } from '../components/code-fence.tsx';
import { CodeTab } from '../components/code-tabs.tsx';
import { CodeVariants } from '../components/code-variants.tsx';
import { Anchor, Aside, BulletList, Heading, NumberedList, ProseTable } from '../components/elements.tsx';
import { ModelPrices } from '../components/model-prices.tsx';
import { type ExampleValues, fillShown } from '../placeholders.ts';
import { modelPrices } from './model-prices.ts';

const nothing = () => null;

const sameForAll: MDXComponents = {
  h2: ({ id, children }) => (
    <Heading level={2} id={id}>
      {children}
    </Heading>
  ),
  h3: ({ id, children }) => (
    <Heading level={3} id={id}>
      {children}
    </Heading>
  ),
  a: Anchor,
  ul: BulletList,
  ol: NumberedList,
  blockquote: Aside,
  table: ProseTable,
  CodeBlockTabs: CodeVariants,
  // What the tabs are called is read off the tabs themselves.
  CodeBlockTabsList: nothing,
  CodeBlockTabsTrigger: nothing,
  CodeBlockTab: CodeTab,
  Models: async ({ vendor, provider }: { readonly vendor: string; readonly provider: string }) => (
    <ModelPrices vendor={vendor} models={await modelPrices(provider)} />
  ),
};

/** How the docs' MDX is drawn for this reader. */
export function mdxComponents(values: ExampleValues): MDXComponents {
  return {
    ...sameForAll,
    code: ({ children }) => (
      <code className="rounded-control bg-sunken px-1 py-0.5 font-mono text-[0.875em] wrap-anywhere">
        {typeof children === 'string' ? fillShown(children, values) : children}
      </code>
    ),
    pre: ({ title, children }) => (
      <CodeFence title={title} values={values}>
        {codeOf(children)}
      </CodeFence>
    ),
  };
}

/** The coloured code within a block, without the element that stands for code in a sentence. */
function codeOf(children: ReactNode): ReactNode {
  return isValidElement<{ children?: ReactNode }>(children) ? <code>{children.props.children}</code> : children;
}
