export const helpEn = `ai-bridge: points coding tools at AI-Bridge or another provider

  ai-bridge init [options]            set a tool up; asks for what is missing
  ai-bridge config-switch <name>      set a tool to another saved configuration
  ai-bridge config-switch --list      list the saved configurations
  ai-bridge doctor [--json]           say what is wrong, and what to do next
  ai-bridge undo [--force]            give every edited file back as it was

  -T, --code-type <tool>       claude-code (the usual one), codex, opencode, openclaw, gemini,
                               continue, zed, aider
  -p, --provider <preset>      ai-bridge (the usual one), 302ai, glm, minimax, kimi, custom
  -k, --api-key <key>          "-" reads it from standard input; else AI_BRIDGE_API_KEY
  -u, --api-url <address>      else AI_BRIDGE_URL
  -t, --api-type <type>        api_key or auth_token, for custom
  -M, --api-model <model>      the model
  -F, --api-fast-model <model> the model for small side requests
  -n, --name <name>            what the configuration is called; usually as the preset
  -s, --skip-prompt            ask nothing
      --api-configs <json>     several configurations at once, as a list
      --api-configs-file <f>   the same from a file
  -h, --help                   this text
  -v, --version                the version

Examples:
  ai-bridge init -s -u https://api.example.com -k -  < key.txt
  ai-bridge init -s -T codex -p 302ai -k "$KEY"
  ai-bridge config-switch 302ai --code-type codex
`;
