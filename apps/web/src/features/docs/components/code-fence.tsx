import { useTranslations } from 'next-intl';
import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import { CodeBlock } from '#ui/code-block.tsx';
import { type ExampleValues, fillAddress, fillShown } from '../placeholders.ts';

export interface CodeFenceProps {
  /** Where it goes, as the page says it. */
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly values: ExampleValues;
}

/** A block of code with this reader's values in it, as highlighted when the site was built. */
export function CodeFence({ title, children, values }: CodeFenceProps) {
  const t = useTranslations('docs');
  const code = textOf(children);
  return (
    <CodeBlock code={code} title={title ?? t('code')} copied={fillAddress(code, values).trimEnd()}>
      {filled(children, values)}
    </CodeBlock>
  );
}

/** The text of elements, as it would be pasted. */
export function textOf(node: ReactNode): string {
  return Children.toArray(node)
    .map((child) => {
      if (typeof child === 'string' || typeof child === 'number') return String(child);
      return isWithChildren(child) ? textOf(child.props.children) : '';
    })
    .join('');
}

/** The same elements with the values filled in. A placeholder is one word, so that highlighting never cuts it. */
export function filled(node: ReactNode, values: ExampleValues): ReactNode {
  if (typeof node === 'string') return fillShown(node, values);
  if (Array.isArray(node)) return node.map((child) => filled(child, values));
  return isWithChildren(node) ? cloneElement(node, undefined, filled(node.props.children, values)) : node;
}

function isWithChildren(node: ReactNode): node is ReactElement<{ readonly children?: ReactNode }> {
  return isValidElement(node) && typeof node.props === 'object' && node.props !== null && 'children' in node.props;
}
