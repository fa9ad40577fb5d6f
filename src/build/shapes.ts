import type { GenericSchema } from "valibot";

/** Names for shapes that several operations share: found by identity, so a shape is declared once and named once. */
export interface NamedShape {
  readonly name: string;
  readonly schema: GenericSchema;
}

/**
 * TypeScript for validators: the editor types of operations are made from what the sandbox's boundary checks.
 * `patterns` gives a type's name to texts that a regular expression checks. Throws an Error for a validator that it
 * does not know, so that a new one cannot come out as `unknown`.
 */
export function typeWriter(named: readonly NamedShape[], patterns: ReadonlyMap<RegExp, string>) {
  const names = new Map(named.map(({ name, schema }) => [asNode(schema), name]));

  /** The type as it is used: by name where it has one. */
  function use(node: Node | undefined): string {
    if (node === undefined) throw new Error("src/build/shapes.ts met a validator without the part it is about");
    const shape = core(node);
    const name = names.get(shape) ?? names.get(node);
    return name ?? spell(node);
  }

  /** The type itself, fields one per line. */
  function spell(node: Node, indent = ""): string {
    const shape = core(node);
    const writer = writers[shape.type];
    if (writer === undefined) throw new Error(`src/build/shapes.ts cannot write a type for the validator "${shape.type}"`);
    return writer(shape, node, indent);
  }

  const list = (nodes: readonly unknown[] | undefined, join: string) => (nodes ?? []).map((node) => use(node as Node)).join(join);
  const writers: Readonly<Record<string, (shape: Node, node: Node, indent: string) => string>> = {
    string: (_, node) => patternName(node) ?? "string",
    number: () => "number",
    boolean: () => "boolean",
    bigint: () => "bigint",
    null: () => "null",
    unknown: () => "unknown",
    any: () => "unknown",
    literal: (shape) => JSON.stringify(shape.literal),
    picklist: (shape) => (shape.options ?? []).map((option) => JSON.stringify(option)).join(" | "),
    array: (shape) => `readonly ${group(use(shape.item))}[]`,
    tuple: (shape) => `readonly [${list(shape.items, ", ")}]`,
    strict_tuple: (shape) => `readonly [${list(shape.items, ", ")}]`,
    union: (shape) => list(shape.options, " | "),
    variant: (shape) => list(shape.options, " | "),
    intersect: (shape) => list(shape.options, " & "),
    nullable: (shape) => `${use(shape.wrapped)} | null`,
    record: (shape) => `Readonly<Record<${use(shape.key)}, ${use(shape.value)}>>`,
    instance: (shape) => shape.class?.name ?? "object",
    exact_optional: (shape) => use(shape.wrapped),
    optional: (shape) => use(shape.wrapped),
    strict_object: (shape, _, indent) => fields(shape, indent),
    object: (shape, _, indent) => fields(shape, indent),
  };

  function fields(shape: Node, indent: string): string {
    const lines = Object.entries(shape.entries ?? {}).map(([key, entry]) => {
      const optional = entry.type === "exact_optional" || entry.type === "optional" ? "?" : "";
      const text = describe(entry);
      const doc = text === undefined ? "" : `${indent}  /** ${text} */\n`;
      return `${doc}${indent}  readonly ${key}${optional}: ${inner(entry, `${indent}  `)};\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }

  function inner(entry: Node, indent: string): string {
    const target = entry.wrapped !== undefined && entry.type.endsWith("optional") ? entry.wrapped : entry;
    const isObject = core(target).type.endsWith("object") && !names.has(core(target)) && !names.has(target);
    return isObject ? spell(target, indent) : use(target);
  }

  function patternName(node: Node): string | undefined {
    return pipeOf(node)
      .map((step) => (step === node || step.kind !== "schema" ? step.requirement && patterns.get(step.requirement) : patternName(step)))
      .find((name) => name !== undefined);
  }

  return { spell: (schema: GenericSchema) => spell(asNode(schema)) };
}

/** A validator (or a step of its pipe) as valibot keeps it: plain objects, told apart by `type`. */
interface Node {
  readonly type: string;
  readonly kind: string;
  readonly pipe?: readonly Node[];
  readonly description?: string;
  readonly requirement?: RegExp;
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

/** The validator itself, below the checks and descriptions around it. */
function core(node: Node): Node {
  const [first] = pipeOf(node);
  return first === undefined || first === node ? node : core(first);
}

function asNode(schema: GenericSchema): Node {
  return schema as unknown as Node;
}

function pipeOf(node: Node): readonly Node[] {
  return node.pipe ?? [];
}

/** The description, also of what an optional field wraps. */
function describe(node: Node): string | undefined {
  const own = pipeOf(node)
    .flatMap((step) => (step === node || step.kind === "schema" ? nested(step, node) : step.type === "description" ? [step.description ?? ""] : []))
    .at(-1);
  if (own !== undefined) return own;
  return node.wrapped && describe(node.wrapped);
}

function nested(step: Node, parent: Node): readonly string[] {
  const text = step === parent ? undefined : describe(step);
  return text === undefined ? [] : [text];
}

function group(type: string): string {
  return /[|&{ ]/.test(type) && !/^\w+$/.test(type) ? `(${type})` : type;
}
