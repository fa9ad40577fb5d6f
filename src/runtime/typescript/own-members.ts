import type { ClassDeclaration, Decorator, Expression, Node, TSTypeElement } from "@babel/types";
import { keyText, literalOf } from "./literals.ts";
import type { Left, Member, Members, Scope, Types } from "./shape.ts";
import { positionOf } from "./source.ts";
import { docOf } from "./tags.ts";

/** The properties that stand in an interface or an object type. Functions are none. */
export function membersOfElements(elements: readonly TSTypeElement[], scope: Scope, { problems }: Types): Members {
  const members: Member[] = [];
  const left: Left[] = [];
  for (const element of elements) {
    const at = positionOf(element, scope.module.source);
    if (element.type === "TSIndexSignature")
      left.push({
        kind: "index signature",
        object: "[…]",
        reason: "it stands for properties that have no names yet",
        at,
      });
    if (element.type !== "TSPropertySignature") continue;
    const name = nameOf(element);
    if (name === undefined) left.push({ kind: "property", object: "[…]", reason: "its name is computed", at });
    else
      members.push({
        name,
        ...(element.typeAnnotation && { type: element.typeAnnotation.typeAnnotation }),
        scope,
        optional: element.optional ?? false,
        doc: docOf([element], scope.module.source, problems),
        at,
      });
  }
  return { members, left };
}

/** The properties of a class and of the parameters of its constructor; what is static is none. */
export function membersOfClass(node: ClassDeclaration, scope: Scope, types: Types): Members {
  const { source } = scope.module;
  const members: Member[] = [];
  const left: Left[] = [];
  const decorators: Decorator[] = [...(node.decorators ?? [])];
  for (const item of node.body.body) {
    const at = positionOf(item, source);
    if (item.type === "ClassMethod" && item.kind === "constructor")
      members.push(...parameterProperties(node, scope, types));
    if (item.type === "TSIndexSignature")
      left.push({
        kind: "index signature",
        object: "[…]",
        reason: "it stands for properties that have no names yet",
        at,
      });
    if ("decorators" in item) decorators.push(...(item.decorators ?? []));
    if (item.type === "ClassMethod")
      decorators.push(...item.params.flatMap((of) => ("decorators" in of && of.decorators) || []));
    if ((item.type !== "ClassProperty" && item.type !== "ClassAccessorProperty") || item.static) continue;
    const name = nameOf(item);
    if (name === undefined) left.push({ kind: "property", object: "[…]", reason: "its name is computed", at });
    else
      members.push({
        name,
        ...(item.typeAnnotation?.type === "TSTypeAnnotation" && { type: item.typeAnnotation.typeAnnotation }),
        scope,
        optional: item.optional ?? false,
        doc: docOf([item, ...(item.decorators ?? []), item.key], source, types.problems),
        at,
        ...(item.value && { value: item.value }),
      });
  }
  return { members, left: [...left, ...decoratorsLeft(decorators, scope)] };
}

/** `constructor(public name: string)` declares a property. */
function parameterProperties(node: ClassDeclaration, scope: Scope, { problems }: Types): readonly Member[] {
  return node.body.body.flatMap((item) => {
    if (item.type !== "ClassMethod" || item.kind !== "constructor") return [];
    return item.params.flatMap((parameter): readonly Member[] => {
      if (parameter.type !== "TSParameterProperty") return [];
      const assigned = parameter.parameter.type === "AssignmentPattern" ? parameter.parameter : undefined;
      const id = assigned ? assigned.left : parameter.parameter;
      if (id.type !== "Identifier") return [];
      return [
        {
          name: id.name,
          ...(id.typeAnnotation?.type === "TSTypeAnnotation" && { type: id.typeAnnotation.typeAnnotation }),
          scope,
          optional: id.optional ?? false,
          doc: docOf([parameter], scope.module.source, problems),
          at: positionOf(parameter, scope.module.source),
          ...(assigned && { value: assigned.right }),
        },
      ];
    });
  });
}

/** One entry for all of a class: what they say is in functions of other packages. */
function decoratorsLeft(decorators: readonly Decorator[], scope: Scope): readonly Left[] {
  const [first] = decorators;
  if (!first) return [];
  const names = [...new Set(decorators.map(({ expression }) => `@${decoratorName(expression)}`))];
  return [
    {
      kind: names.length === 1 ? "decorator" : "decorators",
      object: names.join(" "),
      reason: "decorators are not read; say it with the types and with tags of comments",
      at: positionOf(first, scope.module.source),
    },
  ];
}

/** The name of a property; `undefined` where it has to be computed. */
function nameOf({ key, computed }: { readonly key: Node; readonly computed?: boolean | null }): string | undefined {
  if (!computed) return keyText(key);
  const value = literalOf(key as Expression);
  return value === undefined ? undefined : String(value);
}

/** The name of a class that is named, at its end: `BaseEntity` of `orm.BaseEntity`. */
export const superClassName = (node: Expression): string =>
  node.type === "Identifier" ? node.name : node.type === "MemberExpression" ? (keyText(node.property) ?? "") : "";

const decoratorName = (expression: Expression): string =>
  expression.type === "CallExpression" ? decoratorName(expression.callee as Expression) : superClassName(expression);
