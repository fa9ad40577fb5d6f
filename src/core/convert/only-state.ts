import { ToolError } from "../errors.ts";
import { type Operation, parseOperation, titleOf } from "../operations/index.ts";

/** The same operation, running nothing. Settings have no statements, and no such flag. Throws ToolError `unsupported` for one that has statements and no flag. */
export function onlyState(operation: Operation): Operation {
  if (operation.kind === "setDefaults" || operation.kind === "setTypeMappings") return operation;
  try {
    return parseOperation({ ...operation, schemaOnly: true });
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "params") throw error;
    throw new ToolError(
      "unsupported",
      `${titleOf(operation)}: an operation of this kind cannot be one that runs nothing; write that migration by hand`,
      { kind: operation.kind },
    );
  }
}
