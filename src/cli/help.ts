import type { Argument, Arguments, Command } from "./command.ts";
import { globalArguments } from "./global-arguments.ts";
import { columns, type Paint } from "./output.ts";

/** A line of a list of commands; the summaries are in the registry, so that no command is loaded to list it. */
export interface Listed {
  readonly path: string;
  readonly summary: string;
}

/** The executable that is asked for help. */
export interface Helping {
  readonly name: string;
  /** The group of commands that it stands for. */
  readonly group: string;
  /** What is inside of it, in lines. */
  readonly inside?: string;
}

/** Help of the executable or of a group of commands such as `migrate`. */
export function groupHelp(
  group: string,
  commands: readonly Listed[],
  paint: Paint,
  { name: executable, group: own, inside }: Helping,
): string {
  const standsFor = group !== "" && group === own ? `${group} ` : "";
  const rows = commands.map((c) => [paint("cyan", c.path.slice(standsFor.length)), c.summary]);
  const below = group && !standsFor ? ` ${group}` : "";
  return [
    paint("bold", `${executable}${below} — ${group ? "commands" : "migrations from a YAML schema, in one executable"}`),
    "",
    `${paint("bold", "Usage")}  ${executable}${below} COMMAND [flags]`,
    "",
    paint("bold", "Commands"),
    columns(rows, "  "),
    "",
    ...(inside === undefined ? [] : [paint("bold", "Inside"), inside, ""]),
    `${executable} COMMAND --help shows the flags and examples of a command.`,
  ].join("\n");
}

/** Help of one command; `name` is what the program calls itself. */
export function commandHelp(path: string, command: Command, paint: Paint, name: string): string {
  const own = Object.entries(command.args);
  const positionals = own.filter(([, arg]) => arg.type === "positional");
  const flags = own.filter(([, arg]) => arg.type !== "positional");
  const usage = [
    name,
    path,
    ...positionals.map(([name, arg]) => (arg.required === false ? `[${upper(name)}]` : upper(name))),
  ];
  if (command.rest) usage.push(`${command.rest}…`);
  return [
    `${paint("bold", `${name} ${path}`)} — ${command.meta.summary}`,
    ...(command.description ? ["", command.description] : []),
    "",
    `${paint("bold", "Usage")}  ${usage.join(" ")} [flags]`,
    ...(positionals.length
      ? [
          "",
          paint("bold", "Arguments"),
          columns(
            positionals.map(([name, arg]) => [paint("cyan", upper(name)), arg.description ?? ""]),
            "  ",
          ),
        ]
      : []),
    ...(flags.length ? ["", paint("bold", "Flags"), flagTable(Object.fromEntries(flags), paint)] : []),
    "",
    paint("bold", "Flags of every command"),
    flagTable(globalArguments, paint),
    "",
    paint("bold", "Examples"),
    columns(
      command.examples.map((e) => [paint("cyan", e.line.replace(/^godwit\b/, name)), e.does]),
      "  ",
    ),
  ].join("\n");
}

const upper = (name: string): string => name.toUpperCase().replaceAll("-", "_");

function flagTable(flags: Arguments, paint: Paint): string {
  return columns(
    Object.entries(flags).map(([name, arg]) => [paint("cyan", flagForm(name, arg)), flagDescription(arg)]),
    "  ",
  );
}

/** `-q, --quiet`, `--to NAME`, `--no-color` for what is on unless turned off. */
export function flagForm(name: string, arg: Argument): string {
  const letter = "alias" in arg && typeof arg.alias === "string" && arg.alias.length === 1 ? `-${arg.alias}, ` : "";
  if (arg.type === "boolean") return `${letter}--${arg.default === true ? "no-" : ""}${name}`;
  return `${letter}--${name} ${arg.valueHint ?? "VALUE"}`;
}

/** What a flag does, and what it is when it is not given. */
export function flagDescription(arg: Argument): string {
  const text = (arg.type === "boolean" && arg.default === true && arg.negativeDescription) || (arg.description ?? "");
  const fallback = arg.default !== undefined && arg.type !== "boolean" ? ` (default: ${arg.default})` : "";
  return text + fallback;
}
