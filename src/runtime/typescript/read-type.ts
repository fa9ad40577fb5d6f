import type { TSIndexedAccessType, TSType, TSTypeReference } from "@babel/types";
import { countsBits, type Literal, nameText } from "./literals.ts";
import { literalsOf, membersOf, parametersOf } from "./members.ts";
import { importedFrom, lookUp, type TypeDeclaration } from "./modules.ts";
import {
  lists,
  MAX_DEPTH,
  none,
  type Scope,
  type Shape,
  type Typed,
  type Types,
  typed,
  wellKnown,
  wrappers,
} from "./shape.ts";

/** What the values of a type are. What cannot be a column says why. */
export function readType(type: TSType, scope: Scope, types: Types): Typed {
  if (scope.depth > MAX_DEPTH) return none("its type refers to itself without end");
  const inside = { ...scope, depth: scope.depth + 1 };
  switch (type.type) {
    case "TSParenthesizedType":
      return readType(type.typeAnnotation, inside, types);
    case "TSUnionType":
      return readUnion(type.types, inside, types);
    case "TSIntersectionType":
      return readIntersection(type.types, inside, types);
    case "TSTypeReference":
      return readReference(type, inside, types);
    case "TSArrayType":
      return listOf(readType(type.elementType, inside, types));
    case "TSTypeOperator":
      if (type.operator === "readonly") return readType(type.typeAnnotation, inside, types);
      if (type.operator === "unique") return none("a row holds no symbols");
      return readLiterals(type, inside, types) ?? none("the names of these properties are not known");
    case "TSIndexedAccessType":
      return readAccess(type, inside, types);
    case "TSLiteralType":
      // A template with parts that vary.
      if (type.literal.type === "TemplateLiteral" && type.literal.expressions.length > 0)
        return templateText(type.literal.quasis.map(({ value }) => value.raw));
      return type.literal.type === "BigIntLiteral"
        ? none("lists of bigint are not read; say it with @type bigint and @check")
        : (readLiterals(type, inside, types) ?? none("it is no plain literal"));
    case "TSImportType":
      return none("types of import(…) are not read; import it at the top of the file");
    default:
      return plain[type.type] ?? none(`${wordsFor(type.type)} cannot be a column; give its type with @type`);
  }
}

const scalar = (type: Extract<Shape, { kind: "scalar" }>["type"]): Shape => ({ kind: "scalar", type });
const text: Shape = { kind: "scalar", type: "varchar", length: 255 };
const json: Shape = { kind: "json" };
const noValue: Typed = { ...none("it never has a value"), nullable: true };

/** Types that mean the same wherever they stand. */
const plain: Readonly<Record<string, Typed>> = {
  TSStringKeyword: typed(text),
  TSNumberKeyword: typed(scalar("integer")),
  TSBigIntKeyword: typed(scalar("bigint")),
  TSBooleanKeyword: typed(scalar("boolean")),
  TSObjectKeyword: typed(json),
  TSTypeLiteral: typed(json),
  TSMappedType: typed(json),
  TSTupleType: typed(json),
  TSUnknownKeyword: typed(json, true),
  TSAnyKeyword: typed(json, true),
  TSNullKeyword: noValue,
  TSUndefinedKeyword: noValue,
  TSVoidKeyword: noValue,
  TSNeverKeyword: none("it never has a value"),
  TSFunctionType: none("a row holds no functions"),
  TSConstructorType: none("a row holds no functions"),
  TSSymbolKeyword: none("a row holds no symbols"),
  TSTypeQuery: none("the types of values are not read; give its type with @type"),
  TSThisType: none("it is another type in each type that extends this one; give its type with @type"),
};

/** What `TSConditionalType` is called by people. */
const wordsFor = (type: string): string =>
  `a ${type
    .replace(/^TS|Type$/g, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()} type`;

function readUnion(parts: readonly TSType[], scope: Scope, types: Types): Typed {
  const read = parts.map((part) => readType(part, scope, types));
  const empty = read.filter((one) => one === noValue);
  const given = read.filter((one) => one !== noValue);
  const nullable = empty.length > 0 || given.some((one) => one.nullable);
  const shapes = given.map(({ shape }) => shape);
  const tags = given.flatMap((one) => one.tags);
  if (given.length === 0) return noValue;
  return { shape: together(shapes), nullable, tags };
}

/** One shape for values of any of several. */
function together(shapes: readonly Shape[]): Shape {
  const [first = json, ...others] = shapes;
  if (others.every((other) => sameShape(first, other))) return first;
  const left = shapes.find(({ kind }) => kind === "none");
  if (left) return left;
  const scalars = shapes.filter((shape) => shape.kind === "scalar");
  const widest = scalars[0];
  if (widest && shapes.every((shape) => sameShape(widest, shape) || isValueOf(shape, widest))) return widest;
  const values = shapes.flatMap((shape) => (shape.kind === "values" ? shape.values : []));
  const kinds = new Set(values.map((value) => typeof value));
  if (shapes.every(({ kind }) => kind === "values") && kinds.size === 1)
    return { kind: "values", values: [...new Set(values)] };
  if (shapes.every(({ kind }) => kind === "json" || kind === "array")) return json;
  return {
    kind: "none",
    reason: `a column has one type, and this may be ${[...new Set(shapes.map(wordFor))].join(" or ")}`,
  };
}

const sameShape = (a: Shape, b: Shape): boolean =>
  a.kind === b.kind &&
  (a.kind === "json" ||
    (a.kind === "scalar" && b.kind === "scalar" && a.type === b.type) ||
    ((a.kind === "table" || a.kind === "key") && (b.kind === "table" || b.kind === "key") && a.of === b.of));

/** `"a" | string` is any text. */
const isValueOf = (shape: Shape, of: Shape): boolean =>
  shape.kind === "values" &&
  of.kind === "scalar" &&
  shape.values.every((value) => (typeof value === "string" ? of.type === "varchar" : of.type === "integer"));

function wordFor(shape: Shape): string {
  if (shape.kind === "scalar") return spoken[shape.type] ?? `a ${shape.type}`;
  if (shape.kind === "table" || shape.kind === "key") return `a "${shape.of.name}"`;
  if (shape.kind === "values") return `one of ${shape.values.map((value) => JSON.stringify(value)).join(", ")}`;
  return shape.kind === "array" ? "a list" : "an object";
}

const spoken: Readonly<Record<string, string>> = { varchar: "a text", integer: "a number", bytes: "bytes" };

/** A scalar with something that only tells it from others (`string & { __brand: … }`) is that scalar. */
function readIntersection(parts: readonly TSType[], scope: Scope, types: Types): Typed {
  const read = parts.map((part) => readType(part, scope, types));
  const other = read.filter(({ shape }) => shape.kind !== "json");
  const [first] = other;
  if (!first) return typed(json);
  const same = other.every(({ shape }) => sameShape(first.shape, shape) || isValueOf(first.shape, shape));
  return same ? first : { ...first, shape: other.find(({ shape }) => shape.kind === "none")?.shape ?? json };
}

function listOf(element: Typed): Typed {
  if (element.shape.kind === "none") return element;
  return typed({ kind: "array", of: element.shape });
}

/** What literals make: a list of texts or of numbers, or a boolean. */
function readLiterals(type: TSType, scope: Scope, types: Types, name?: string): Typed | undefined {
  const values = literalsOf(type, scope, types);
  return values && typed(shapeOfLiterals(values, name));
}

/** The shape of a value that is one of several literals. */
export function shapeOfLiterals(values: readonly Literal[], name?: string): Shape {
  const kinds = new Set(values.map((value) => typeof value));
  if (values.length === 0) return { kind: "none", reason: "it never has a value" };
  if (kinds.size > 1) return { kind: "none", reason: "a column has one type, and its values are of several" };
  if (kinds.has("boolean")) return scalar("boolean");
  return {
    kind: "values",
    values: values.filter((value) => typeof value !== "boolean"),
    ...(name !== undefined && { name }),
  };
}

/** Texts of five groups with dashes are what `crypto.randomUUID()` gives. */
const templateText = (quasis: readonly string[]): Typed =>
  typed(quasis.length === 6 && quasis.join("|") === "|-|-|-|-|" ? scalar("uuid") : text);

function readReference(type: TSTypeReference, scope: Scope, types: Types): Typed {
  const name = nameText(type.typeName);
  const given = type.typeParameters?.params ?? [];
  const bound = scope.parameters.get(name);
  if (bound) return readType(bound.node, { ...bound.scope, depth: scope.depth }, types);
  const found = lookUp(name.split(".").at(-1) ?? "", scope.module, types.modules);
  if (found) return readDeclared(found, given, scope, types);
  const literals = readLiterals(type, scope, types);
  if (literals) return literals;
  return readOutside(name, given, scope, types);
}

/** A type that no file declares: one of the language, or of a package. */
function readOutside(name: string, given: readonly TSType[], scope: Scope, types: Types): Typed {
  const [first] = given;
  const [root = "", last = ""] = [name.split(".")[0], name.split(".").at(-1)];
  if (first && lists.has(last)) return listOf(readType(first, scope, types));
  if (first && wrappers.has(last)) {
    const inner = readType(first, scope, types);
    return last === "NonNullable" ? { ...inner, nullable: false } : inner;
  }
  const shape = Object.hasOwn(wellKnown, name) ? wellKnown[name] : undefined;
  if (shape) return typed(shape);
  const from = importedFrom(root, scope.module);
  const advice = from?.startsWith(".") ? `; give that file, too, or say it with @type` : "; say it with @type";
  return none(
    from === undefined
      ? `type "${name}" is not declared in any of the files${advice}`
      : `type "${name}" comes from "${from}", which is none of the files${advice}`,
  );
}

function readDeclared(declaration: TypeDeclaration, given: readonly TSType[], scope: Scope, types: Types): Typed {
  if (types.isTable(declaration)) return typed({ kind: "table", of: declaration });
  const [node] = declaration.nodes;
  if (node?.type === "TSEnumDeclaration") {
    const values = literalsOf(
      { type: "TSTypeReference", typeName: { type: "Identifier", name: declaration.name } } as TSType,
      { module: declaration.module, parameters: new Map(), depth: scope.depth },
      types,
    );
    // Sums of flags are values, too, so there is no list to hold them to.
    if (!values && countsBits(node)) return withTags(typed(scalar("integer")), declaration);
    if (!values) return none(`the values of enum "${declaration.name}" are computed; say it with @type`);
    return withTags(typed(shapeOfLiterals(values, declaration.name)), declaration);
  }
  if (node?.type !== "TSTypeAliasDeclaration") return withTags(typed(json), declaration);
  const parameters = parametersOf(
    node,
    given.map((argument) => ({ node: argument, scope })),
    declaration,
  );
  const inside = { module: declaration.module, parameters, depth: scope.depth };
  const read = readType(node.typeAnnotation, inside, types);
  const named = read.shape.kind === "values" && read.shape.name === undefined && given.length === 0;
  return withTags(named ? { ...read, shape: { ...read.shape, name: declaration.name } as Shape } : read, declaration);
}

const withTags = (read: Typed, { doc }: TypeDeclaration): Typed =>
  read === noValue || doc.tags.length === 0 ? read : { ...read, tags: [...read.tags, ...doc.tags] };

/** `User["id"]`, `(typeof states)[number]`. */
function readAccess(type: TSIndexedAccessType, scope: Scope, types: Types): Typed {
  const literals = readLiterals(type, scope, types);
  if (literals) return literals;
  const [key, another] = literalsOf(type.indexType, scope, types) ?? [];
  const of = ownerOf(type.objectType, scope, types);
  if (of && key !== undefined && another === undefined) {
    // For a parameter it may be any type, of which it is a property like others.
    const direct =
      type.objectType.type === "TSTypeReference" && !scope.parameters.has(nameText(type.objectType.typeName));
    const keys = direct && types.isTable(of) ? types.keyOf(of) : [];
    if (keys.length === 1 && keys[0] === String(key)) return typed({ kind: "key", of });
    const member = membersOf(of, types)?.members.find(({ name }) => name === String(key));
    if (member?.type) {
      const read = readType(member.type, { ...member.scope, depth: scope.depth }, types);
      return {
        ...read,
        nullable: read.nullable || member.optional,
        tags: [...read.tags, ...member.doc.tags.filter(({ name }) => ofType.has(name))],
      };
    }
  }
  if (type.indexType.type === "TSNumberKeyword") {
    const list = readType(type.objectType, scope, types);
    if (list.shape.kind === "array") return typed(list.shape.of);
  }
  return none("it is not known which type this is a part of; give its type with @type");
}

/** Tags that say of which type a value is, wherever it is kept. */
const ofType = new Set(["type", "length", "precision"]);

function ownerOf(type: TSType, scope: Scope, types: Types): TypeDeclaration | undefined {
  if (type.type !== "TSTypeReference" || type.typeParameters) return undefined;
  const bound = scope.parameters.get(nameText(type.typeName));
  if (bound) return ownerOf(bound.node, bound.scope, types);
  const found = lookUp(nameText(type.typeName).split(".").at(-1) ?? "", scope.module, types.modules);
  return found;
}
