import type { File, Node } from "@babel/types";
import { type Position, ToolError } from "../../core/errors.ts";

/** A file of types. */
export interface SourceText {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** As messages call it. */
  readonly file: string;
  readonly text: string;
}

/** Reads a file as TypeScript; types are read and never checked. Throws ToolError `schema` with the place of what is no TypeScript. */
export async function parseTypeScript({ file, text }: SourceText): Promise<File> {
  const { parse } = await import("@babel/parser");
  try {
    return parse(text, {
      sourceType: "module",
      allowUndeclaredExports: true,
      plugins: [
        ["typescript", { dts: /\.d\.[cm]?ts$/.test(file) }],
        // The other proposal has none for parameters, which classes of entities use.
        "decorators-legacy",
        "decoratorAutoAccessors",
        ...(/\.tsx$/.test(file) ? (["jsx"] as const) : []),
      ],
    });
  } catch (error) {
    throw syntaxError(file, error);
  }
}

/** Where something of a file begins. */
export const positionOf = (node: Pick<Node, "loc">, { file }: Pick<SourceText, "file">): Position => ({
  file,
  line: node.loc?.start.line ?? 1,
  column: (node.loc?.start.column ?? 0) + 1,
});

function syntaxError(file: string, error: unknown): ToolError {
  const { message, loc } = error as { readonly message: string; readonly loc?: { line: number; column: number } };
  const at = { file, line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
  const what = error instanceof RangeError ? "it is nested too deeply" : message.replace(/ \(\d+:\d+\)$/, "");
  return new ToolError("schema", `${file}:${at.line}:${at.column}: this is no TypeScript: ${what}`, { ...at });
}
