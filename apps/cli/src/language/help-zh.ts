export const helpZh = `ai-bridge：让编程工具使用 AI-Bridge 或其他提供商

  ai-bridge init [选项]               配置一个工具，缺什么问什么
  ai-bridge config-switch <名称>      切换到另一个已保存的配置
  ai-bridge config-switch --list      列出已保存的配置
  ai-bridge doctor [--json]           检查哪里有问题，以及下一步怎么做
  ai-bridge undo [--force]            把改过的文件全部恢复原样

  -T, --code-type <工具>       claude-code（默认）、codex、opencode、openclaw、gemini、
                               continue、zed、aider
  -p, --provider <预设>        ai-bridge（默认）、302ai、glm、minimax、kimi、custom
  -k, --api-key <密钥>         写 "-" 则从标准输入读取；也可用 AI_BRIDGE_API_KEY
  -u, --api-url <地址>         也可用 AI_BRIDGE_URL
  -t, --api-type <类型>        api_key 或 auth_token，用于 custom
  -M, --api-model <模型>       模型
  -F, --api-fast-model <模型>  小请求用的快速模型
  -n, --name <名称>            配置的名称，默认与预设同名
  -s, --skip-prompt            什么都不问
      --api-configs <json>     一次给出多个配置（列表）
      --api-configs-file <文件> 同上，从文件读取
  -h, --help                   显示本说明
  -v, --version                显示版本

示例：
  ai-bridge init -s -u https://api.example.com -k -  < key.txt
  ai-bridge init -s -T codex -p 302ai -k "$KEY"
  ai-bridge config-switch 302ai --code-type codex
`;
