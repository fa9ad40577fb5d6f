import type { Expression, TSEntityName, TSEnumDeclaration } from "@babel/types";

export type Literal = string | number | boolean;

/** The value of a plain literal; `undefined` for what has to be computed. */
export function literalOf(expression: Expression | null | undefined): Literal | undefined {
  switch (expression?.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return expression.value;
    case "TemplateLiteral":
      return expression.expressions.length === 0 ? (expression.quasis[0]?.value.cooked ?? undefined) : undefined;
    case "UnaryExpression": {
      const value = literalOf(expression.argument as Expression);
      return expression.operator === "-" && typeof value === "number" ? -value : undefined;
    }
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return literalOf(expression.expression);
    default:
      return undefined;
  }
}

/** The values of an object or a list that holds nothing but plain literals, by their names or places. */
export function constantOf(expression: Expression): ReadonlyMap<string, Literal> | undefined {
  switch (expression.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return constantOf(expression.expression);
    case "CallExpression": {
      // Object.freeze({ … })
      const [argument] = expression.arguments;
      return argument && argument.type !== "SpreadElement" && argument.type !== "ArgumentPlaceholder"
        ? constantOf(argument as Expression)
        : undefined;
    }
    case "ArrayExpression":
      return complete(expression.elements.map((e, i) => [String(i), e ? literalOf(e as Expression) : undefined]));
    case "ObjectExpression":
      return complete(
        expression.properties.map((property) =>
          property.type === "ObjectProperty" && !property.computed
            ? [keyText(property.key as Expression) ?? "", literalOf(property.value as Expression)]
            : ["", undefined],
        ),
      );
    default:
      return undefined;
  }
}

/** The values of an enum; those without one count on from the one before. `undefined` where one is computed. */
export function enumValues({ members }: TSEnumDeclaration): ReadonlyMap<string, Literal> | undefined {
  let next: number | undefined = 0;
  return complete(
    members.map(({ id, initializer }) => {
      const value: Literal | undefined = initializer ? literalOf(initializer) : next;
      next = typeof value === "number" ? value + 1 : undefined;
      return [id.type === "Identifier" ? id.name : id.value, value];
    }),
  );
}

/** Whether the values of an enum are numbers that are worked out of others, as flags are: `1 << 2`, `Read | Write`. */
export function countsBits({ members }: TSEnumDeclaration): boolean {
  const isNumber = (expression: Expression): boolean => {
    if (expression.type === "BinaryExpression")
      return bitwise.has(expression.operator) && isNumber(expression.left as Expression) && isNumber(expression.right);
    if (expression.type === "ParenthesizedExpression") return isNumber(expression.expression);
    if (expression.type === "UnaryExpression") return isNumber(expression.argument as Expression);
    return expression.type === "NumericLiteral" || expression.type === "Identifier" || isMember(expression);
  };
  return members.every(({ initializer }) => !initializer || isNumber(initializer));
}

const isMember = (expression: Expression): boolean =>
  expression.type === "MemberExpression" &&
  expression.object.type === "Identifier" &&
  keyText(expression.property) !== "length";

const bitwise = new Set(["<<", ">>", ">>>", "|", "&", "^"]);

/** The name of a property that is not computed. */
export function keyText(key: Expression | { readonly type: string }): string | undefined {
  const node = key as Expression;
  if (node.type === "Identifier") return node.name;
  const value = literalOf(node);
  return value === undefined ? undefined : String(value);
}

/** `a.b` as it is written. */
export const nameText = (name: TSEntityName): string =>
  name.type === "Identifier"
    ? name.name
    : name.type === "TSQualifiedName"
      ? `${nameText(name.left)}.${name.right.name}`
      : "this";

function complete(
  entries: readonly (readonly [string, Literal | undefined])[],
): ReadonlyMap<string, Literal> | undefined {
  const known = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return known.length === entries.length ? new Map(known) : undefined;
}
