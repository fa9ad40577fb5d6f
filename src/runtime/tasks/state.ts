import { replay } from "../../core/plan/state.ts";
import { ownPart } from "../../core/plan/surroundings.ts";
import type { Schema } from "../../core/schema/model.ts";
import type { Project } from "../project.ts";
import { writeYaml } from "../schema-files.ts";
import { loadGraph } from "../survey.ts";

export interface StateResult {
  readonly schema: Schema;
  /** The same as a schema file. */
  readonly yaml: string;
}

/** What all migrations add up to; no database is asked. Throws ToolError `graph`, `migration` or `state`. */
export async function state(project: Project): Promise<StateResult> {
  const graph = await loadGraph(project);
  const schema = ownPart(replay(graph.order, graph.surroundings), graph);
  return { schema, yaml: writeYaml(schema) };
}
