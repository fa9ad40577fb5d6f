import type { GenericSchema } from "valibot";

/** Names for shapes that several operations share: found by identity, so a shape is declared once and named once. */
export interface NamedShape {
  readonly name: string;
  readonly schema: GenericSchema;
}

/** What has a name of its own: shapes, and texts that a regular expression checks. */
export interface ShapeNames {
  readonly shapes: readonly NamedShape[];
  readonly patterns: ReadonlyMap<RegExp, string>;
}

/**
 * TypeScript for a validator: the editor types of operations are made from what the sandbox's boundary checks. The shape
 * itself is spelled out, those in it go by their names. Throws an Error for a validator that it does not know, so that a
 * new one cannot come out as `unknown`.
 */
export function typeOf(schema: GenericSchema, names: ShapeNames): string {
  return spell(asNode(schema), names, "");
}

/** One key of an object's shape, for tables in the documentation. */
export interface Entry {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly description: string | undefined;
}

/** The keys of an object's shape in their order; none for other shapes. Throws as `typeOf` does. */
export const entriesOf = (schema: GenericSchema, names: ShapeNames): readonly Entry[] =>
  entriesIn(core(asNode(schema)), names, "");

/** A validator (or a step of its pipe) as valibot keeps it: plain objects, told apart by `type`. */
interface Node {
  readonly type: string;
  readonly kind: string;
  readonly pipe?: readonly Node[];
  readonly description?: string;
  readonly requirement?: unknown;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly wrapped?: Node;
  readonly key?: Node;
  readonly value?: Node;
  readonly class?: { readonly name: string };
  readonly entries?: Readonly<Record<string, Node>>;
}

type Writer = (shape: Node, names: ShapeNames, indent: string) => string;

const writers: Readonly<Record<string, Writer>> = {
  string: () => "string",
  number: () => "number",
  boolean: () => "boolean",
  bigint: () => "bigint",
  null: () => "null",
  unknown: () => "unknown",
  literal: (shape) => JSON.stringify(shape.literal),
  picklist: (shape) => (shape.options ?? []).map((option) => JSON.stringify(option)).join(" | "),
  array: (shape, names) => `readonly ${group(use(shape.item, names))}[]`,
  tuple: (shape, names) => `readonly [${list(shape.items, names, ", ")}]`,
  strict_tuple: (shape, names) => `readonly [${list(shape.items, names, ", ")}]`,
  union: (shape, names) => list(shape.options, names, " | "),
  variant: (shape, names) => list(shape.options, names, " | "),
  intersect: (shape, names) => list(shape.options, names, " & "),
  nullable: (shape, names) => `${use(shape.wrapped, names)} | null`,
  record: (shape, names) => `Readonly<Record<${use(shape.key, names)}, ${use(shape.value, names)}>>`,
  instance: (shape) => shape.class?.name ?? "object",
  exact_optional: (shape, names) => use(shape.wrapped, names),
  optional: (shape, names) => use(shape.wrapped, names),
  strict_object: fields,
  object: fields,
};

function spell(node: Node, names: ShapeNames, indent: string): string {
  const pattern = patternName(node, names);
  if (pattern !== undefined) return pattern;
  const shape = core(node);
  const writer = writers[shape.type];
  if (writer === undefined)
    throw new Error(`src/build/shapes.ts cannot write a type for the validator "${shape.type}"`);
  return writer(shape, names, indent);
}

/** The type as it is used: by name where it has one. */
function use(node: Node | undefined, names: ShapeNames, indent = ""): string {
  if (node === undefined) throw new Error("src/build/shapes.ts met a validator without the part it is about");
  return shapeName(node, names) ?? spell(node, names, indent);
}

function list(nodes: readonly unknown[] | undefined, names: ShapeNames, join: string): string {
  return (nodes ?? []).map((node) => use(node as Node, names)).join(join);
}

function fields(shape: Node, names: ShapeNames, indent: string): string {
  const inner = `${indent}  `;
  const lines = entriesIn(shape, names, inner).map(({ name, type, optional, description }) => {
    const doc = description === undefined ? "" : `${inner}/** ${description} */\n`;
    return `${doc}${inner}readonly ${name}${optional ? "?" : ""}: ${type};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function entriesIn(shape: Node, names: ShapeNames, indent: string): readonly Entry[] {
  return Object.entries(shape.entries ?? {}).map(([name, entry]) => {
    const optional = entry.type === "exact_optional" || entry.type === "optional";
    const type = use(optional ? entry.wrapped : entry, names, indent);
    return { name, type, optional, description: describe(entry) };
  });
}

function shapeName(node: Node, { shapes }: ShapeNames): string | undefined {
  const own = shapes.find(({ schema }) => asNode(schema) === node || asNode(schema) === core(node));
  return own?.name;
}

function patternName(node: Node, names: ShapeNames): string | undefined {
  for (const step of pipeOf(node)) {
    const nested = step === node || step.kind !== "schema" ? undefined : patternName(step, names);
    const found = nested ?? (step.requirement instanceof RegExp ? names.patterns.get(step.requirement) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The validator itself, below the checks and descriptions around it. */
function core(node: Node): Node {
  const [first] = pipeOf(node);
  return first === undefined || first === node ? node : core(first);
}

/** The description, also of what an optional field wraps; the outermost wins. */
function describe(node: Node): string | undefined {
  const texts = pipeOf(node).map((step) => {
    if (step.type === "description") return step.description;
    return step === node || step.kind !== "schema" ? undefined : describe(step);
  });
  return texts.findLast((text) => text !== undefined) ?? (node.wrapped && describe(node.wrapped));
}

function group(type: string): string {
  return /^[\w.]+$/.test(type) ? type : `(${type})`;
}

/** What is `described` is the validator behind it, with words. */
function pipeOf(node: Node): readonly Node[] {
  if (node.kind !== "schema" || !Object.hasOwn(node, "description")) return node.pipe ?? [];
  return [
    Object.getPrototypeOf(node) as Node,
    { type: "description", kind: "metadata", description: node.description ?? "" },
  ];
}

function asNode(schema: GenericSchema): Node {
  return schema as unknown as Node;
}
