import { isName } from "./reserved-words.ts";
import type { ShapeSpec } from "./spec.ts";

/** A function as an editor should know it. */
export interface DeclaredFunction {
  readonly name: string;
  readonly description?: string;
  readonly params: readonly ShapeSpec[];
  readonly result: ShapeSpec;
}

/** The declaration of an exported function, with what is said of it above, for a `.d.ts` file. */
export function declareFunction({ name, description, params, result }: DeclaredFunction): string {
  const lastNeeded = params.findLastIndex(({ type }) => type !== "optional");
  const list = params.map((spec, i) =>
    spec.type === "optional" && i > lastNeeded
      ? `${parameterName(spec, i)}?: ${typeText(spec.of)}`
      : `${parameterName(spec, i)}: ${typeText(spec)}`,
  );
  const lines = params.flatMap((spec, i) => {
    const words = said(spec, "description");
    return words === undefined ? [] : [`@param ${parameterName(spec, i)} ${words}`];
  });
  const type = result.type === "nothing" ? "void" : typeText(result);
  const above = comment(description === undefined ? lines : [description, ...lines]);
  return `${above}export declare function ${name}(${list.join(", ")}): ${type};\n`;
}

/** What messages and editors call a parameter. */
export function parameterName(spec: ShapeSpec, index: number): string {
  const name = said(spec, "name");
  return name !== undefined && isName(name) ? name : `value${index + 1}`;
}

/** What is said of a shape, or of the one inside of it: `optional(string({ name }))` has the name, too. */
function said(spec: ShapeSpec, what: "name" | "description"): string | undefined {
  const { [what]: own } = spec;
  return own ?? (spec.type === "optional" || spec.type === "nullable" ? said(spec.of, what) : undefined);
}

/** The type of the values of a shape, as TypeScript. */
export function typeText(spec: ShapeSpec): string {
  switch (spec.type) {
    case "integer":
    case "number":
      return "number";
    case "bytes":
      return "Uint8Array";
    case "nothing":
      return "undefined";
    case "literal":
      return spec.values.map((value) => JSON.stringify(value)).join(" | ");
    case "array":
      return `readonly ${inParentheses(spec.of)}[]`;
    case "record":
      return `Readonly<Record<string, ${typeText(spec.of)}>>`;
    case "object":
      return objectText(spec.fields);
    case "nullable":
      return `${typeText(spec.of)} | null`;
    case "optional":
      return `${typeText(spec.of)} | undefined`;
    default:
      return spec.type;
  }
}

function objectText(fields: Readonly<Record<string, ShapeSpec>>): string {
  const members = Object.entries(fields).map(([key, spec]) => {
    const shown = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    const type = typeText(spec.type === "optional" ? spec.of : spec);
    const words = said(spec, "description");
    const above = words === undefined ? "" : `/** ${inComment(words)} */ `;
    return `${above}readonly ${shown}${spec.type === "optional" ? "?" : ""}: ${type}`;
  });
  return members.length === 0 ? "Readonly<Record<string, never>>" : `{ ${members.join("; ")} }`;
}

/** A list of a choice, or of lists, would be read otherwise. */
function inParentheses(spec: ShapeSpec): string {
  const text = typeText(spec);
  return ["literal", "nullable", "optional", "array"].includes(spec.type) ? `(${text})` : text;
}

function comment(lines: readonly string[]): string {
  const [first = "", ...more] = lines.flatMap((line) => inComment(line).split("\n"));
  if (lines.length === 0) return "";
  return more.length === 0
    ? `/** ${first} */\n`
    : `/**\n${[first, ...more].map((line) => ` * ${line}\n`).join("")} */\n`;
}

const inComment = (text: string): string => text.replaceAll("*/", "* /").trim();
