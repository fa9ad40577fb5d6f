import { ToolError } from "../core/errors.ts";
import { versionText } from "./build-info.ts";
import type { Command, CommandContext, GlobalFlags, Outcome, Registry } from "./command.ts";
import { commands } from "./commands.gen.ts";
import { projectFlags } from "./compiled-option.ts";
import { errorJson, exitCodeOf, renderError, toToolError } from "./errors.ts";
import type { CommandLog } from "./log.ts";
import { type LogSwitch, logSwitch } from "./log-switch.ts";
import { createOutput, isScreen, painter, printErrorLine, printLine } from "./output.ts";
import { type Identity, insideText, type Program, programOf, wordsFor } from "./program.ts";
import { resolve } from "./resolve.ts";

/**
 * Runs one command line and ends the process. Everything that all commands share is here: which command it is, strict flags, one JSON
 * value or text, errors printed once, exit codes. An executable called `migrate` behaves as `godwit migrate`.
 */
export async function run(argv: readonly string[], executable: string): Promise<never> {
  process.exit(await execute(argv, { executable }));
}

/** The exit code of a command line; everything is printed by then. */
export async function execute(argv: readonly string[], identity: Identity): Promise<number> {
  const json = argv.includes("--json");
  const debug = argv.includes("--debug");
  const logs = logSwitch(argv, process.env);
  try {
    const program = await programOf(identity);
    const tokens = wordsFor(program, argv);
    if (["--version", "-v", "-V"].includes(argv[0] ?? "")) return printLine(versionText(program.own));
    const resolved = resolve(helpLast(tokens), commands as Registry);
    if (resolved.kind === "group") return await showGroup(resolved.group, resolved.tokens, program);
    const command = (await resolved.entry.load()).default as Command;
    const code = await runCommand(resolved.path, command, resolved.tokens, { logs, program });
    logs.current()?.end(code, resolved.path);
    return code;
  } catch (thrown) {
    const code = printError(toToolError(thrown), { json, debug, color: !argv.includes("--no-color") }, logs.current());
    logs.current()?.end(code, "");
    return code;
  }
}

/** `help migrate up` and `migrate help up` ask for what `migrate up --help` does. */
function helpLast(tokens: readonly string[]): readonly string[] {
  const at = tokens.slice(0, 2).indexOf("help");
  return at < 0 || tokens.slice(0, at).some((token) => token.startsWith("-"))
    ? tokens
    : [...tokens.toSpliced(at, 1), "--help"];
}

async function showGroup(group: string, tokens: readonly string[], program: Program): Promise<number> {
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
    { ...program, ...(program.bundle && { inside: await insideText(program.bundle) }) },
  );
  if (asked || group === "") return printLine(text);
  printErrorLine(text);
  return 2;
}

/** What is the same for all commands of a process. */
interface Surroundings {
  readonly logs: LogSwitch;
  readonly program: Program;
}

async function runCommand(
  path: string,
  command: Command,
  tokens: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { logs } = surroundings;
  if (tokens.includes("--help") || tokens.includes("-h")) {
    const { commandHelp } = await import("./help.ts");
    return printLine(
      commandHelp(path, command, painter(!tokens.includes("--no-color"), isScreen(1)), surroundings.program.own),
    );
  }
  const { parseArguments } = await import("./arguments.ts");
  const { values, flags } = parseArguments(tokens, {
    args: command.args,
    rest: command.rest,
    path,
    below: Object.keys(commands).filter((other) => other.startsWith(`${path} `)),
  });
  const interrupted = listen();
  try {
    if (flags["env-file"] !== undefined) await addEnvironment(flags["env-file"]);
    const outcome = await command.run(
      contextOf(values, projectFlags(command.args, flags), interrupted.signal, surroundings),
    );
    const code = await report(outcome, flags, logs.current());
    return outcome.error ? (interrupted.exitCode() ?? code) : code;
  } catch (thrown) {
    const code = printError(toToolError(thrown), flags, logs.current());
    return interrupted.exitCode() ?? code;
  } finally {
    interrupted.stop();
  }
}

/** Adds what the file says to the environment, which goes before it, so that drivers and hooks find it too. */
async function addEnvironment(file: string): Promise<void> {
  const { readEnvFile } = await import("../runtime/env-file.ts");
  for (const [name, value] of Object.entries(readEnvFile(file, process.cwd()))) process.env[name] ??= value;
}

/** The first Ctrl-C or SIGTERM asks the work to stop in good order, the second ends the process at once. */
function listen(): { readonly signal: AbortSignal; exitCode(): number | undefined; stop(): void } {
  const controller = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let exitCode: number | undefined;
  const listeners = Object.entries(codes).map(([signal, code]) => {
    const listener = (): void => {
      if (exitCode !== undefined) process.exit(exitCode);
      exitCode = code;
      controller.abort(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    stop: () => {
      for (const remove of listeners) remove();
    },
  };
}

const contextOf = (
  values: Readonly<Record<string, unknown>>,
  flags: GlobalFlags,
  signal: AbortSignal,
  { logs, program }: Surroundings,
): CommandContext<Record<never, never>> => ({
  args: values as CommandContext<Record<never, never>>["args"],
  flags,
  output: createOutput(flags, logs.current),
  program: program.own,
  commands,
  signal,
  project: async () => {
    const { loadProject } = await import("../runtime/config.ts");
    const project = loadProject(flags, process.env, process.cwd(), { inside: program.bundle, given: program.symbols });
    logs.choose(project.logFormat);
    return project;
  },
  ask: async () => {
    const { canAsk, prompts } = await import("./ask.ts");
    return canAsk({ json: flags.json || logs.current() !== undefined }) ? prompts : undefined;
  },
});

async function report(outcome: Outcome, flags: GlobalFlags, log: CommandLog | undefined): Promise<number> {
  if (flags.json)
    printLine(
      JSON.stringify({ ...(outcome.json as object), ...(outcome.error && errorJson(outcome.error)) }, undefined, 2),
    );
  else if (outcome.text && !(outcome.receipt && flags.quiet)) await printText(outcome);
  if (!outcome.error) return outcome.exitCode ?? 0;
  if (log) log.error(outcome.error);
  else if (!flags.json) printErrorLine(renderError(outcome.error, painter(flags.color, isScreen(2)), flags.debug));
  return exitCodeOf(outcome.error);
}

async function printText({ text, paged }: Outcome): Promise<void> {
  if (paged && isScreen(1)) {
    const { showByPage } = await import("./pager.ts");
    if (showByPage(text)) return;
  }
  printLine(text);
}

function printError(
  error: ToolError,
  flags: { readonly json: boolean; readonly debug: boolean; readonly color: boolean },
  log: CommandLog | undefined,
): number {
  const onStdout = flags.json && error.data["stream"] !== "stdout";
  if (onStdout) printLine(JSON.stringify(errorJson(error), undefined, 2));
  if (log) log.error(error);
  else if (!onStdout) printErrorLine(renderError(error, painter(flags.color, isScreen(2)), flags.debug));
  return exitCodeOf(error);
}
