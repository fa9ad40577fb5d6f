import { basename } from "node:path";
import { ToolError } from "../core/errors.ts";
import { version } from "../version.ts";
import type { Command, CommandContext, GlobalFlags, Outcome, Registry } from "./command.ts";
import { commands } from "./commands.gen.ts";
import { errorJson, exitCodeOf, renderError, toToolError } from "./errors.ts";
import { createOutput, isScreen, painter } from "./output.ts";
import { resolve } from "./resolve.ts";

/**
 * Runs one command line and ends the process. Everything that all commands share is here: which command it is, strict flags, one JSON
 * value or text, errors printed once, exit codes. An executable called `migrate` behaves as `godwit migrate`.
 */
export async function run(argv: readonly string[], executable: string): Promise<never> {
  const name = basename(executable).replace(/\.exe$/, "");
  const tokens = name === "migrate" ? ["migrate", ...argv] : argv;
  const code = await execute(tokens, name === "migrate" ? "migrate" : "godwit");
  process.exit(code);
}

/** The exit code of a command line; everything is printed by then. */
async function execute(tokens: readonly string[], executable: string): Promise<number> {
  const json = tokens.includes("--json");
  const debug = tokens.includes("--debug");
  try {
    if (tokens[0] === "--version" || tokens[0] === "-v") return print(`godwit ${version}`);
    const resolved = resolve(tokens, commands as Registry);
    if (resolved.kind === "group") return await showGroup(resolved.group, resolved.tokens, executable);
    const command = (await resolved.entry.load()).default as Command;
    return await runCommand(resolved.path, command, resolved.tokens);
  } catch (thrown) {
    return printError(toToolError(thrown), { json, debug, color: !tokens.includes("--no-color") });
  }
}

async function showGroup(group: string, tokens: readonly string[], executable: string): Promise<number> {
  const asked = tokens.some((token) => token === "--help" || token === "-h");
  const stray = tokens.find((token) => !["--help", "-h", "--no-color"].includes(token));
  if (stray !== undefined)
    throw new ToolError("usage", `unknown flag "${stray}"; a command has to come first`, { flag: stray });
  const { groupHelp } = await import("./help.ts");
  const listed = Object.entries(commands).map(([path, { meta }]) => ({ path, summary: meta.summary }));
  const paint = painter(!tokens.includes("--no-color"), isScreen(1));
  const text = groupHelp(
    group,
    listed.filter((c) => group === "" || c.path.startsWith(`${group} `)),
    paint,
    executable,
  );
  if (asked || group === "") return print(text);
  console.error(text);
  return 2;
}

async function runCommand(path: string, command: Command, tokens: readonly string[]): Promise<number> {
  if (tokens.includes("--help") || tokens.includes("-h")) {
    const { commandHelp } = await import("./help.ts");
    return print(commandHelp(path, command, painter(!tokens.includes("--no-color"), isScreen(1))));
  }
  const { parseArguments } = await import("./arguments.ts");
  const { values, flags } = parseArguments(tokens, command.args, command.rest);
  const interrupted = listen();
  try {
    return report(await command.run(contextOf(values, flags, interrupted.signal)), flags);
  } catch (thrown) {
    const code = printError(toToolError(thrown), flags);
    return interrupted.exitCode() ?? code;
  }
}

/** The first Ctrl-C or SIGTERM asks the work to stop in good order, the second ends the process at once. */
function listen(): { readonly signal: AbortSignal; exitCode(): number | undefined } {
  const controller = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let exitCode: number | undefined;
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      if (exitCode !== undefined) process.exit(exitCode);
      exitCode = code;
      controller.abort(signal);
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };
}

const contextOf = (
  values: Readonly<Record<string, unknown>>,
  flags: GlobalFlags,
  signal: AbortSignal,
): CommandContext<Record<never, never>> => ({
  args: values as CommandContext<Record<never, never>>["args"],
  flags,
  output: createOutput(flags),
  commands,
  signal,
  project: async () => (await import("../runtime/config.ts")).loadProject(flags, process.env, process.cwd()),
  ask: async () => {
    const { canAsk, prompts } = await import("./ask.ts");
    return canAsk(flags) ? prompts : undefined;
  },
});

function report(outcome: Outcome, flags: GlobalFlags): number {
  if (flags.json)
    print(
      JSON.stringify({ ...(outcome.json as object), ...(outcome.error && errorJson(outcome.error)) }, undefined, 2),
    );
  else if (outcome.text) print(outcome.text);
  if (!outcome.error) return outcome.exitCode ?? 0;
  if (!flags.json) console.error(renderError(outcome.error, painter(flags.color, isScreen(2)), flags.debug));
  return exitCodeOf(outcome.error);
}

function printError(
  error: ToolError,
  flags: { readonly json: boolean; readonly debug: boolean; readonly color: boolean },
): number {
  if (flags.json) print(JSON.stringify(errorJson(error), undefined, 2));
  else console.error(renderError(error, painter(flags.color, isScreen(2)), flags.debug));
  return exitCodeOf(error);
}

function print(text: string): 0 {
  console.log(text);
  return 0;
}
