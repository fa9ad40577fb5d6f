import type { Arguments, Command } from "../cli/command.ts";
import { commands } from "../cli/commands.gen.ts";
import { globalArguments } from "../cli/global-arguments.ts";
import { flagDescription, flagForm } from "../cli/help.ts";

/** One row per command. */
export async function commandTable(): Promise<string> {
  const rows = (await loaded()).map(({ path, command }) => `| \`${path}\` | ${cell(command.meta.summary)} |`);
  return ["| command | does |", "|---|---|", ...rows].join("\n");
}

/** A section per command, and the flags that all of them take. */
export async function commandReference(): Promise<string> {
  const sections = (await loaded()).map(({ path, command }) => commandSection(path, command));
  return [...sections, "## Flags of every command", flagTable(globalArguments)].join("\n\n");
}

interface Loaded {
  readonly path: string;
  readonly command: Command;
}

const loaded = (): Promise<readonly Loaded[]> =>
  Promise.all(
    Object.entries(commands).map(async ([path, { load }]) => ({
      path,
      command: (await load()).default as unknown as Command,
    })),
  );

function commandSection(path: string, command: Command): string {
  const positionals = Object.entries(command.args).filter(([, arg]) => arg.type === "positional");
  const flags = Object.fromEntries(Object.entries(command.args).filter(([, arg]) => arg.type !== "positional"));
  const names = positionals.map(([name, arg]) =>
    arg.required === false ? `[${name.toUpperCase()}]` : name.toUpperCase(),
  );
  const words = ["godwit", path, ...names, ...(command.rest ? [`${command.rest}…`] : [])].join(" ");
  const aliases = (command.meta.aliases ?? []).map((alias) => `\`${alias}\``);
  const width = Math.max(...command.examples.map(({ line }) => line.length));
  const examples = command.examples.map(({ line, does }) => `${line.padEnd(width)}  # ${does}`);
  return [
    `## ${words}`,
    sentence(command.meta.summary) + (command.description ? ` ${command.description}` : ""),
    positionals.length > 0 &&
      table(positionals.map(([name, arg]) => [name.toUpperCase(), cell(arg.description ?? "")] as const)),
    Object.keys(flags).length > 0 && flagTable(flags),
    `\`\`\`text\n${examples.join("\n")}\n\`\`\``,
    aliases.length > 0 && `Other ${aliases.length === 1 ? "name" : "names"}: ${aliases.join(", ")}.`,
  ]
    .filter((part) => part !== false)
    .join("\n\n");
}

const flagTable = (flags: Arguments): string =>
  table(Object.entries(flags).map(([name, arg]) => [flagForm(name, arg), cell(flagDescription(arg))] as const));

const table = (rows: readonly (readonly [string, string])[]): string =>
  ["| | |", "|---|---|", ...rows.map(([name, text]) => `| \`${name}\` | ${text} |`)].join("\n");

const sentence = (text: string): string => `${text}.`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
