import { isDeepStrictEqual } from "node:util";
import type { OperationDef } from "../core/operations/define.ts";
import { invert, type Operation } from "../core/operations/index.ts";
import { operations } from "../core/operations/registry.gen.ts";
import { printMigration } from "../core/plan/source.ts";
import { shapeNames } from "./sdk.ts";
import { type Entry, entriesOf, type NamedShape, typeOf } from "./shapes.ts";

/** A section per operation: what it does, its parameters, an example, what takes it back; then the shapes they share. */
export function operationReference(): string {
  const definitions = operations as readonly unknown[] as readonly Definition[];
  const shapes = shapeNames().shapes.filter(({ name }) => name !== "Table" && name !== "ForeignKey");
  return [
    ...definitions.map(operationSection),
    "### Shapes of parameters",
    ...shapes.map((shape) => shapeSection(shape, shapes)),
    "`FieldType` is one of the types of [schema.md](schema.md), or a native type of the database.",
  ].join("\n\n");
}

type Definition = OperationDef<string, Readonly<Record<string, unknown>>>;

/** Every operation has these two or none; a sentence says so. */
const flags: readonly string[] = ["schemaOnly", "ignoreErrors"];

function operationSection(definition: Definition): string {
  const { kind, summary, params } = definition;
  const entries = entriesOf(params, shapeNames());
  const taken = flags.filter((flag) => entries.some(({ name }) => name === flag)).map((flag) => `\`${flag}\``);
  const remarks = [
    wayBack(definition),
    definition.risk === "lossy" && "It may lose data.",
    taken.length > 0 && `Takes ${taken.join(" and ")}.`,
  ];
  return [
    `### ${kind}`,
    text(summary),
    parameterTable(entries.filter(({ name }) => !flags.includes(name))),
    `\`\`\`ts\n${exampleOf(definition)}\n\`\`\``,
    remarks.filter((remark) => remark !== false).join(" "),
  ].join("\n\n");
}

function shapeSection({ name, schema }: NamedShape, shapes: readonly NamedShape[]): string {
  const entries = entriesOf(schema, shapeNames());
  if (entries.length === 0) return `**${name}**: \`${type(typeOf(schema, shapeNames()))}\``;
  for (const other of shapes) {
    const more = entriesOf(other.schema, shapeNames());
    if (more.length <= entries.length || !isDeepStrictEqual(more.slice(0, entries.length), entries)) continue;
    const without = more.slice(entries.length).map((entry) => `\`${entry.name}\``);
    return `**${name}**: \`${other.name}\` without ${without.join(" and ")}`;
  }
  return `**${name}**\n\n${parameterTable(entries)}`;
}

function parameterTable(entries: readonly Entry[]): string {
  const rows = entries.map(
    (entry) =>
      `| \`${entry.name}\`${entry.optional ? "" : " *"} | \`${type(entry.type).replaceAll("|", "\\|")}\` | ${text(entry.description ?? "")} |`,
  );
  return ["| parameter (* required) | type | |", "|---|---|---|", ...rows].join("\n");
}

/** The operation as `generate` would print it. */
function exampleOf({ kind, examples }: Definition): string {
  const [example] = examples;
  if (example === undefined) throw new Error(`operation "${kind}" has no example`);
  const operation = { kind, ...example.params } as unknown as Operation;
  const text = example.source ?? printMigration({ dependencies: [], operations: [operation] });
  const lines = text.slice(text.indexOf("  operations: [\n") + 16, text.lastIndexOf("  ],\n")).trimEnd();
  return lines.replace(/^ {4}/gm, "").replace(/,$/, "");
}

/** Which operations take it back, as far as the examples show it. */
function wayBack({ kind, examples }: Definition): string {
  const ways = examples.map(({ before, params }) => invert({ kind, ...params } as unknown as Operation, before));
  const kinds = ways.flatMap((way) => (way && way.length > 0 ? [[...new Set(way.map(codeOf))].join(" and ")] : []));
  const known = [...new Set(kinds)].join(", or ");
  return [
    known && `Taken back by ${known}.`,
    ways.some((way) => way?.length === 0) && "It may be that nothing needs undoing.",
    ways.includes(undefined) && (known ? "Some have no way back." : "There is no way back."),
  ]
    .filter(Boolean)
    .join(" ");
}

const codeOf = (operation: Operation): string => `\`${operation.kind}\``;

/** A type as a table shows it, without what makes it hard to read. */
const type = (spelled: string): string =>
  spelled
    .replace(/\/\*\*.*?\*\/\s*/g, "")
    .replace(/\breadonly /g, "")
    .replace(/Readonly<(Record<string, (?:Readonly<Record<string, \w+>>|\w+)>)>/g, "$1")
    .replace(/Readonly<(Record<string, \w+>)>/g, "$1")
    .replace(/\((Record<string, \w+>)\)/g, "$1")
    .replace(/\s+/g, " ")
    .replaceAll("; }", " }");

/** What is not code must not be read as HTML, nor end a cell. */
const text = (plain: string): string => plain.replaceAll("<", "&lt;").replaceAll("|", "\\|");
