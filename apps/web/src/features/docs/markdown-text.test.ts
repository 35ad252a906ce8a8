import { expect, test } from 'vitest';
import { plainMarkdown, plainWords } from './markdown-text.ts';

const compiled = `Before.

<CodeBlockTabs defaultValue="macOS / Linux" groupId="os">
  <CodeBlockTabsList>
    <CodeBlockTabsTrigger value="macOS / Linux">
      macOS / Linux
    </CodeBlockTabsTrigger>
  </CodeBlockTabsList>

  <CodeBlockTab value="macOS / Linux">
    \`\`\`bash title="Terminal"   test
    curl a \\
      -d b
    \`\`\`
  </CodeBlockTab>

  <CodeBlockTab value="Windows">
    \`\`\`powershell title="PowerShell"  
    curl.exe a
    \`\`\`
  </CodeBlockTab>
</CodeBlockTabs>

After.`;

test('tabs become blocks under their names, with the code as it was', () => {
  expect(plainMarkdown(compiled)).toBe(`Before.

**macOS / Linux**

\`\`\`bash title="Terminal"
curl a \\
  -d b
\`\`\`

**Windows**

\`\`\`powershell title="PowerShell"
curl.exe a
\`\`\`

After.`);
});

test('words for the search have no marks of Markdown', () => {
  expect(plainWords('> **Mind** the `key`, see [Keys](/docs/keys).')).toBe('Mind the key, see Keys.');
  expect(plainWords('```toml title="config.toml"   test\nmodel = "x"\n```')).toBe('config.toml model = "x"');
});
