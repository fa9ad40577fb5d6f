import type { ClassDeclaration, Node, TSEntityName, TSType } from "@babel/types";
import { ToolError } from "../../core/errors.ts";
import { constantOf, enumValues, type Literal, literalOf, nameText } from "./literals.ts";
import { lookUp, lookUpConstant, type TypeDeclaration, type TypeNode } from "./modules.ts";
import { membersOfClass, membersOfElements, superClassName } from "./own-members.ts";
import type { Member, Members } from "./shape.ts";
import { type Bound, MAX_DEPTH, type Scope, type Types } from "./shape.ts";
import { positionOf } from "./source.ts";

/** The properties of a type with a name, those that it inherits among them; `undefined` when it is no object type. */
export function membersOf(declaration: TypeDeclaration, types: Types): Members | undefined {
  if (!types.read.has(declaration)) types.read.set(declaration, declared(declaration, [], { types, depth: 0 }));
  return types.read.get(declaration);
}

interface Walk {
  readonly types: Types;
  readonly depth: number;
}

function declared(declaration: TypeDeclaration, given: readonly Bound[], walk: Walk): Members | undefined {
  if (walk.depth > MAX_DEPTH) return undefined;
  if (--walk.types.budget.left < 0)
    throw new ToolError("schema", `the types are too involved to be read: "${declaration.name}" is made of too many`, {
      ...declaration.at,
    });
  const parts = declaration.nodes.map((node) => {
    const scope: Scope = { module: declaration.module, parameters: parametersOf(node, given, declaration), depth: 0 };
    return membersOfNode(node, scope, { ...walk, depth: walk.depth + 1 });
  });
  const known = parts.flatMap((part) => part ?? []);
  return known.length === parts.length ? merged(known) : undefined;
}

/** What the parameters of a generic type stand for: what is given, else their defaults. */
export function parametersOf(
  node: TypeNode,
  given: readonly Bound[],
  { module }: Pick<TypeDeclaration, "module">,
): ReadonlyMap<string, Bound> {
  const parameters = new Map<string, Bound>();
  if (node.type === "TSEnumDeclaration" || node.typeParameters?.type !== "TSTypeParameterDeclaration")
    return parameters;
  for (const [i, { name, default: byDefault }] of node.typeParameters.params.entries()) {
    const bound =
      given[i] ??
      (byDefault ? { node: byDefault, scope: { module, parameters: new Map(parameters), depth: 0 } } : undefined);
    if (bound) parameters.set(name, bound);
  }
  return parameters;
}

function membersOfNode(node: TypeNode, scope: Scope, walk: Walk): Members | undefined {
  switch (node.type) {
    case "TSEnumDeclaration":
      return undefined;
    case "TSTypeAliasDeclaration":
      return membersOfType(node.typeAnnotation, scope, walk);
    case "TSInterfaceDeclaration": {
      const bases = (node.extends ?? []).map(({ expression, typeParameters }) => {
        const given = (typeParameters?.params ?? []) as readonly TSType[];
        return base({ name: nameText(expression as TSEntityName), given, node: expression }, scope, walk);
      });
      return merged([...bases, membersOfElements(node.body.body, scope, walk.types)]);
    }
    case "ClassDeclaration": {
      const { superClass } = node;
      const own = membersOfClass(node, scope, walk.types);
      if (!superClass) return own;
      const above = { name: superClassName(superClass), given: classArguments(node), node: superClass };
      return merged([base(above, scope, walk), own]);
    }
  }
}

const classArguments = ({ superTypeParameters }: ClassDeclaration): readonly TSType[] =>
  superTypeParameters?.type === "TSTypeParameterInstantiation" ? superTypeParameters.params : [];

/** What a type that is extended gives; what is not known of it is said. */
function base({ name, given, node }: Base, scope: Scope, walk: Walk): Members {
  const reference = referenced(name, given, scope, walk);
  if (reference) return reference;
  const left = {
    kind: "base",
    object: name === "" ? "an expression" : name,
    reason: "none of the files declares it as an object type, so what it brings along is not known",
    at: positionOf(node, scope.module.source),
  };
  return { members: [], left: [left] };
}

interface Base {
  readonly name: string;
  /** What stands for its parameters. */
  readonly given: readonly TSType[];
  readonly node: Node;
}

/** The properties of an object type as it is written; `undefined` when it is none. */
export function membersOfType(type: TSType, scope: Scope, walk: Walk): Members | undefined {
  switch (type.type) {
    case "TSParenthesizedType":
      return membersOfType(type.typeAnnotation, scope, walk);
    case "TSTypeLiteral":
      return membersOfElements(type.members, scope, walk.types);
    case "TSIntersectionType": {
      const parts = type.types.map((part) => membersOfType(part, scope, walk));
      const known = parts.flatMap((part) => part ?? []);
      return known.length === parts.length ? merged(known) : undefined;
    }
    case "TSMappedType":
      return mapped(type, scope, walk);
    case "TSTypeReference":
      return referenced(nameText(type.typeName), type.typeParameters?.params ?? [], scope, walk);
    default:
      return undefined;
  }
}

function referenced(name: string, given: readonly TSType[], scope: Scope, walk: Walk): Members | undefined {
  const bound = scope.parameters.get(name);
  if (bound) return membersOfType(bound.node, bound.scope, walk);
  const [first, second] = given;
  const found = lookUp(name.split(".").at(-1) ?? "", scope.module, walk.types.modules);
  if (found)
    return declared(
      found,
      given.map((node) => ({ node, scope })),
      walk,
    );
  const change = utilities[name];
  if (!change || !first) return undefined;
  const members = membersOfType(first, scope, walk);
  const names = second ? literals(second, scope, walk) : [];
  return members && names && change(members, names.map(String));
}

/** What TypeScript's own types make of another one's properties. */
const utilities: Readonly<Record<string, (of: Members, names: readonly string[]) => Members>> = {
  Partial: (of) => withOptional(of, true),
  Required: (of) => withOptional(of, false),
  Readonly: (of) => of,
  NonNullable: (of) => of,
  Pick: (of, names) => ({ ...of, members: of.members.filter(({ name }) => names.includes(name)) }),
  Omit: (of, names) => ({ ...of, members: of.members.filter(({ name }) => !names.includes(name)) }),
};

const withOptional = (of: Members, optional: boolean): Members => ({
  ...of,
  members: of.members.map((member) => ({ ...member, optional })),
});

/** `{ [K in …]: … }`, where the names are known. */
function mapped(type: Extract<TSType, { type: "TSMappedType" }>, scope: Scope, walk: Walk): Members | undefined {
  const { name, constraint } = type.typeParameter;
  if (!constraint || type.nameType || !type.typeAnnotation) return undefined;
  const names = literals(constraint, scope, walk);
  if (!names) return undefined;
  const template = type.typeAnnotation;
  const of =
    constraint.type === "TSTypeOperator" && constraint.operator === "keyof"
      ? membersOfType(constraint.typeAnnotation, scope, walk)?.members
      : undefined;
  const members = names.map((value): Member => {
    const original = of?.find((member) => member.name === String(value));
    const literal: Bound = {
      node: { type: "TSLiteralType", literal: { type: "StringLiteral", value: String(value) } } as TSType,
      scope,
    };
    return {
      name: String(value),
      type: template,
      scope: { ...scope, parameters: new Map([...scope.parameters, [name, literal]]) },
      optional: type.optional ? type.optional !== "-" : (original?.optional ?? false),
      doc: original?.doc ?? { tags: [] },
      at: original?.at ?? positionOf(type, scope.module.source),
    };
  });
  return { members, left: [] };
}

/** Properties of a name are one: the last one says what it is, where the first one stands. */
function merged(parts: readonly Members[]): Members {
  const members = new Map<string, Member>();
  for (const member of parts.flatMap((part) => part.members)) members.set(member.name, member);
  return { members: [...members.values()], left: parts.flatMap((part) => part.left) };
}

/** The values of a type that has nothing but literals; `undefined` for any other. */
export const literalsOf = (type: TSType, scope: Scope, types: Types): readonly Literal[] | undefined =>
  literals(type, scope, { types, depth: 0 });

function literals(type: TSType, scope: Scope, walk: Walk): readonly Literal[] | undefined {
  if (walk.depth > MAX_DEPTH) return undefined;
  const deeper = { ...walk, depth: walk.depth + 1 };
  switch (type.type) {
    case "TSParenthesizedType":
      return literals(type.typeAnnotation, scope, deeper);
    case "TSLiteralType": {
      const value = literalOf(type.literal);
      return value === undefined ? undefined : [value];
    }
    case "TSUnionType": {
      const parts = type.types.map((part) => literals(part, scope, deeper));
      return parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
    }
    case "TSTypeReference":
      return referencedLiterals(nameText(type.typeName), type.typeParameters?.params ?? [], scope, deeper);
    case "TSTypeOperator":
      return type.operator === "keyof" ? keysOf(type.typeAnnotation, scope, deeper) : undefined;
    case "TSIndexedAccessType": {
      const constant = constantBehind(type.objectType, scope, deeper);
      if (!constant) return undefined;
      if (type.indexType.type === "TSNumberKeyword") return [...new Set(constant.values())];
      const keys = literals(type.indexType, scope, deeper);
      return keys && [...new Set(keys.flatMap((key) => constant.get(String(key)) ?? []))];
    }
    default:
      return undefined;
  }
}

function referencedLiterals(
  name: string,
  given: readonly TSType[],
  scope: Scope,
  walk: Walk,
): readonly Literal[] | undefined {
  const bound = scope.parameters.get(name);
  if (bound) return literals(bound.node, bound.scope, walk);
  const parts = name.split(".");
  const found = lookUp(parts.at(-1) ?? "", scope.module, walk.types.modules);
  if (found) {
    const [node] = found.nodes;
    if (node?.type === "TSEnumDeclaration") {
      const values = enumValues(node);
      return values && [...new Set(values.values())];
    }
    if (node?.type !== "TSTypeAliasDeclaration") return undefined;
    const parameters = parametersOf(
      node,
      given.map((argument) => ({ node: argument, scope })),
      found,
    );
    return literals(node.typeAnnotation, { module: found.module, parameters, depth: 0 }, walk);
  }
  const member = enumMember(parts, scope, walk);
  if (member !== undefined) return [member];
  const [first, second] = given;
  if ((name !== "Exclude" && name !== "Extract") || !first || !second) return undefined;
  const [values, others] = [literals(first, scope, walk), literals(second, scope, walk)];
  return others && values?.filter((value) => others.includes(value) === (name === "Extract"));
}

/** The value of `State.Open`. */
function enumMember(parts: readonly string[], scope: Scope, walk: Walk): Literal | undefined {
  const owner = lookUp(parts.at(-2) ?? "", scope.module, walk.types.modules);
  const node = owner?.nodes[0];
  return node?.type === "TSEnumDeclaration" ? enumValues(node)?.get(parts.at(-1) ?? "") : undefined;
}

function keysOf(type: TSType, scope: Scope, walk: Walk): readonly Literal[] | undefined {
  const constant = constantBehind(type, scope, walk);
  return constant ? [...constant.keys()] : membersOfType(type, scope, walk)?.members.map(({ name }) => name);
}

/** The value of `typeof states`. */
function constantBehind(type: TSType, scope: Scope, walk: Walk): ReadonlyMap<string, Literal> | undefined {
  if (type.type === "TSParenthesizedType") return constantBehind(type.typeAnnotation, scope, walk);
  if (type.type !== "TSTypeQuery" || type.exprName.type === "TSImportType") return undefined;
  const found = lookUpConstant(nameText(type.exprName), scope.module, walk.types.modules);
  return found && constantOf(found);
}
