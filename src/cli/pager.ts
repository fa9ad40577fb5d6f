import { spawnSync } from "node:child_process";
import { isatty } from "node:tty";
import type { Environment } from "../runtime/database-url.ts";
import { printErrorLine, visible } from "./output.ts";

/** A program that shows a text page by page. */
interface Pager {
  /** A text for the shell, or the program and its arguments. */
  readonly command: string | readonly string[];
  readonly env: Environment;
}

/**
 * Shows a text by the page, where a person is there to turn pages: `false` where it has not been shown. That it is left before its end is no failure. Only called when
 * stdout may be a terminal.
 */
export function showByPage(text: string, environment: Environment = process.env): boolean {
  if (!isatty(1) || environment["CI"] || environment["TERM"] === "dumb") return false;
  const { rows, columns } = process.stdout;
  if (!rows || heightOf(text, columns || 80) < rows) return false;
  const pager = pagerIn(environment);
  return pager !== undefined && run(pager, `${visible(text)}\n`);
}

/** In lines of a terminal, which are as long as it is wide. */
const heightOf = (text: string, width: number): number =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(Bun.stringWidth(line) / width)), 0);

/** What the environment asks for; an empty text and `cat` ask for none. As git does it, a pager is told of colours by LESS, unless somebody has set that. */
export function pagerIn(environment: Environment): Pager | undefined {
  const asked = environment["GODWIT_PAGER"] ?? environment["PAGER"];
  if (asked === undefined) return { command: ["less", "-FRX"], env: environment };
  const command = asked.trim();
  return command === "" || command === "cat" ? undefined : { command, env: { LESS: "FRX", ...environment } };
}

/** `false` where it cannot be started, so that nothing has been shown. */
function run({ command, env }: Pager, input: string): boolean {
  const byShell = typeof command === "string";
  const [program = "", ...args] = byShell ? [command] : command;
  const { error, status } = spawnSync(program, args, {
    shell: byShell,
    env: { ...env },
    input,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  // Whoever has seen enough does not read the rest.
  if (error && code !== "EPIPE") {
    if (byShell) printErrorLine(`the pager "${command}" cannot be started: ${error.message}`);
    return false;
  }
  // So says a shell that finds no such program, or cannot run it.
  return !(byShell && (status === 126 || status === 127));
}
