import { fstatSync, writeSync } from "node:fs";
import { ToolError } from "../core/errors.ts";
import type { OfTrack, RunEvent } from "../runtime/events.ts";

/** Where a command writes while it works. Results go to stdout at its end; everything here goes to stderr. */
export interface Output {
  /** A step of long work; silent with `--quiet`. */
  step(line: string): void;
  warn(line: string): void;
  /** Only with `--verbose`. */
  detail(line: string): void;
  /** Takes an event of a run as it is, where the log is for machines; else gives `false`, and it is told as a line. */
  event?(event: RunEvent & OfTrack): boolean;
  /**
   * Shows a line on a terminal that the next one takes the place of; `undefined` takes it away. Gives `false` where there is no
   * terminal.
   */
  transient?(line: string | undefined): boolean;
  readonly paint: Paint;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Colours or plain text, by https://no-color.org: any non-empty NO_COLOR turns them off, as does a stream that is no terminal. */
export function painter(wanted: boolean, terminal: boolean): Paint {
  const on = wanted && terminal && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
  return (style, text) => (on ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text);
}

/** A log for machines, where one is wanted instead of lines for people. */
export interface Log {
  /** What a command says besides the events of a run. */
  message(level: Level, text: string): void;
  event(event: RunEvent & OfTrack): void;
}

export type Level = "debug" | "info" | "warn" | "error";

/** `log` gives the log for machines once it is known that one is wanted; then nothing else is written. */
export function createOutput(
  flags: { readonly quiet: boolean; readonly verbose: boolean; readonly color: boolean },
  log: () => Log | undefined,
): Output {
  const paint = painter(flags.color, isScreen(2));
  const canRewrite = isScreen(2) && process.env["TERM"] !== "dumb" && !flags.quiet;
  let transient = false;
  const write = (level: Level, line: string, shown: string): void => {
    if (transient) rewriteErrorLine("");
    transient = false;
    const machine = log();
    if (machine) machine.message(level, line);
    else printErrorLine(shown);
  };
  return {
    paint,
    step: (line) => {
      if (!flags.quiet) write("info", line, line);
    },
    warn: (line) => write("warn", line, `${paint("yellow", "warning:")} ${line}`),
    detail: (line) => {
      if (flags.verbose) write("debug", line, paint("dim", line));
    },
    transient: (line) => {
      if (!canRewrite) return false;
      if (line !== undefined || transient) rewriteErrorLine(line ?? "");
      transient = line !== undefined;
      return true;
    },
    event: (event) => {
      const machine = log();
      machine?.event(event);
      return machine !== undefined;
    },
  };
}

/**
 * Whether a stream may get colours. Not `isatty`: loading node:tty costs more than all of start-up, and the other character
 * devices (such as /dev/null) do not mind.
 */
export function isScreen(descriptor: 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

/**
 * Writes a result to stdout, all of it. Not `console.log`, which says nothing when the disk is full. A reader that has gone away, as
 * `head` does, is no failure. Throws ToolError `file`.
 */
export function printLine(text: string): 0 {
  try {
    writeLine(1, isScreen(1) ? visible(text) : text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "EPIPE" && code !== "EBADF")
      throw new ToolError("file", `the result cannot be written: ${message}`, { stream: "stdout", code });
  }
  return 0;
}

/** Writes to stderr. Not `console.error`, which makes all of it red on a terminal. Where nobody listens, there is nothing to do about it. */
export function printErrorLine(text: string): void {
  try {
    writeLine(2, visible(text));
  } catch {
    // The exit code still says it.
  }
}

/** Puts a text in the place of the line that the cursor is in, cut to the width of the terminal. */
function rewriteErrorLine(text: string): void {
  const width = (process.stderr.columns ?? 80) - 1;
  try {
    writeText(2, `\r${visible(text).slice(0, width)}\u001b[K`);
  } catch {
    // As for every line.
  }
}

/**
 * Control characters as `\x1b`, but for line ends, tabs and the colours of `painter`. Messages repeat what migrations and
 * databases say, and neither may rewrite the terminal of whoever reads them.
 */
export const visible = (text: string): string =>
  text.replace(controls, (found) =>
    found === "\r\n" || ownColours.has(found)
      ? found
      : found.replace(/[^\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`),
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const controls = /\r\n|\u001b\[\d+m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const ownColours = new Set(Object.values(codes).flatMap(([on, off]) => [`\u001b[${on}m`, `\u001b[${off}m`]));

const writeLine = (descriptor: 1 | 2, text: string): void => writeText(descriptor, `${text}\n`);

function writeText(descriptor: 1 | 2, text: string): void {
  // Not a Buffer, which takes twice as long to make of a megabyte of JSON.
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      // A pipe that is full for the moment, when whoever made it wants it not to block.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Bun.sleepSync(1);
    }
  }
}

/** Rows as aligned columns, two spaces apart; widths count what a terminal shows. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, Bun.stringWidth(cell));
  }
  return rows
    .map((row) =>
      (indent + row.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - Bun.stringWidth(cell))).join("  ")).trimEnd(),
    )
    .join("\n");
}
