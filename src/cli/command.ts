import type { ArgDef } from "citty";
import type { ToolError } from "../core/errors.ts";
import type { Project } from "../runtime/project.ts";
import type { Ask } from "../runtime/tasks/generate.ts";
import type { Output } from "./output.ts";

/** A flag or positional of a command, in citty's form; `multiple` flags may be given several times and collect a list. */
export type Argument = ArgDef & { readonly multiple?: boolean };
export type Arguments = Readonly<Record<string, Argument>>;

/** What `run` gets of the command line: each argument with its type, and the positionals that are left over. */
export type Values<A extends Arguments> = { readonly [K in keyof A]: ValueOf<A[K]> } & {
  readonly rest: readonly string[];
};

type ValueOf<A extends Argument> = A extends { readonly multiple: true }
  ? readonly string[]
  : A extends { readonly type: "boolean" }
    ? boolean | undefined
    : A extends { readonly default: string } | { readonly type: "positional"; readonly required?: true }
      ? string
      : string | undefined;

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly color: boolean;
  readonly config?: string;
  readonly "env-file"?: string;
  readonly url?: string;
  readonly database?: string;
  readonly schema: readonly string[];
  readonly migrations?: string;
  readonly "history-table"?: string;
  readonly "log-format"?: string;
  readonly track?: string;
}

export interface CommandContext<A extends Arguments> {
  readonly args: Values<A>;
  readonly flags: GlobalFlags;
  readonly output: Output;
  /** What the program calls itself: godwit, unless it is somebody else's. */
  readonly program: string;
  /** All commands, for those that are about commands. */
  readonly commands: Registry;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Configuration, environment and flags together. Throws ToolError `config` or `url`. */
  project(): Promise<Project>;
  /** How to ask a person; `undefined` without a terminal, so that the use-case reports its open questions instead. */
  ask(): Promise<Ask | undefined>;
}

/** What a command has to say. The runner prints `json` or `text`, never both. */
export interface Outcome {
  /** The documented result, for `--json`. */
  readonly json: unknown;
  /** The same for people; empty prints nothing. */
  readonly text: string;
  /** The text only says what was done, as the exit code does: `--quiet` leaves it out. */
  readonly receipt?: true;
  /** The text may be longer than a screen, and is shown by the page where it is. */
  readonly paged?: boolean | undefined;
  /** 3: a check found something. */
  readonly exitCode?: 0 | 3;
  /** Set when the work stopped half-way: it is printed beside the result and decides the exit code. */
  readonly error?: ToolError;
}

/** What the registry copies, so that listing the commands loads none of them. */
export interface CommandMeta {
  /** One line for lists of commands. */
  readonly summary: string;
  /** Other names, as whole command lines: `makemigrations`, `generate blank`. They work and are not listed. */
  readonly aliases?: readonly string[];
}

export interface Command<A extends Arguments = Arguments> {
  readonly meta: CommandMeta;
  /** What else a reader of the help should know. */
  readonly description?: string;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  readonly args: A;
  /** Set when any number of positionals may follow, with the name they have in the help. */
  readonly rest?: string;
  run(context: CommandContext<A>): Promise<Outcome>;
}

/** A command that is not loaded yet. */
export interface Entry {
  readonly meta: CommandMeta;
  readonly load: () => Promise<{ readonly default: unknown }>;
}

/** Words of a command → the command. */
export type Registry = Readonly<Record<string, Entry>>;

/** Keeps the literal types of the arguments, so that `run` sees each flag with its type. */
export const defineCommand = <const A extends Arguments>(command: Command<A>): Command<A> => command;
