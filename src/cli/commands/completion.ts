import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Print a completion script for a shell" },
  examples: [
    { line: "godwit completion bash > /etc/bash_completion.d/godwit", does: "For bash" },
    { line: "godwit completion zsh > ~/.zfunc/_godwit", does: "For zsh" },
    { line: "godwit completion fish > ~/.config/fish/completions/godwit.fish", does: "For fish" },
  ],
  args: { shell: { type: "positional", description: "bash, zsh or fish" } },
  async run({ args, commands, program }) {
    const { completionScript } = await import("../completion.ts");
    const script = await completionScript(args.shell, commands, program);
    return { json: { shell: args.shell, script }, text: script };
  },
});
