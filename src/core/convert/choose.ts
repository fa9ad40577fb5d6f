import { ToolError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { ConvertTool, SourceFile } from "./define.ts";
import { convertTools } from "./tools.gen.ts";

/** The tool of that name, or the only one whose files these can be. Throws ToolError `usage`. */
export function chooseTool(name: string | undefined, files: readonly SourceFile[]): ConvertTool {
  const names = convertTools.map(({ tool }) => tool).join(", ");
  if (name !== undefined) {
    const found = convertTools.find(({ tool }) => tool === name);
    if (found) return found;
    const near = nearest(
      name,
      convertTools.map(({ tool }) => tool),
    );
    throw new ToolError(
      "usage",
      `"${name}" is no tool that can be converted${near ? `; did you mean "${near}"?` : `; there are ${names}`}`,
    );
  }
  const possible = convertTools.filter((tool) => tool.detect(files));
  const [only, ...others] = possible;
  if (only && others.length === 0) return only;
  if (only)
    throw new ToolError(
      "usage",
      `the files may be of ${possible.map(({ tool }) => tool).join(" or of ")}; say which with --from`,
      { tools: possible.map(({ tool }) => tool) },
    );
  throw new ToolError(
    "usage",
    `none of ${files.length} ${files.length === 1 ? "file" : "files"} looks like a migration of ${names}; name the directory that they lie in, or the tool with --from`,
  );
}
