import { createHash } from "node:crypto";
import pageTemplate from "../../../templates/diagram/page.html" with { type: "text" };
import { documentOf } from "../../core/diagram/document.ts";
import { dotText } from "../../core/diagram/dot.ts";
import type { DiagramFormat, DiagramSource } from "../../core/diagram/formats.ts";
import { historySvg } from "../../core/diagram/history.ts";
import { markdownText } from "../../core/diagram/markdown.ts";
import { mermaidText } from "../../core/diagram/mermaid.ts";
import { linkTo, pageText } from "../../core/diagram/page.ts";
import { type Picture, type PictureOptions, pictureOf } from "../../core/diagram/picture.ts";
import type { Schema } from "../../core/schema/model.ts";
import type { Project } from "../project.ts";
import { loadProjectSchema } from "../project-schema.ts";
import { loadGraph } from "../survey.ts";
import { tracksOf } from "../tracks.ts";

export interface DiagramOptions extends Pick<PictureOptions, "keysOnly" | "focus" | "depth"> {
  readonly format: DiagramFormat;
  readonly of: DiagramSource;
  /** Above it; default: `Schema`. */
  readonly title?: string | undefined;
}

/** Part of the public JSON. */
export interface DiagramResult {
  readonly format: DiagramFormat;
  readonly text: string;
  /** Names, as they stand in the schema. */
  readonly tables: readonly string[];
}

/** Draws the schema. The same schema always gives the same text. Throws what reading the schema throws, and ToolError `state` for a table that does not exist. */
export async function diagram(project: Project, options: DiagramOptions): Promise<DiagramResult> {
  const drawn = await source(project, options.of);
  const { schema, groups } = drawn;
  const { keysOnly = false, focus = [], depth = 1, format } = options;
  const picture = pictureOf(schema, { keysOnly, focus, depth, ...(groups && { groups }) });
  const text = await textOf(drawn, picture, project, options);
  return { format, text, tables: picture.tables.map(({ name }) => name) };
}

interface Source {
  readonly schema: Schema;
  readonly groups?: ReadonlyMap<string, string>;
}

async function source(project: Project, of: DiagramSource): Promise<Source> {
  if (of === "schema") {
    const { schema, origins } = await loadProjectSchema(project);
    return { schema, groups: origins };
  }
  if (of === "migrations") {
    const { state } = await import("./state.ts");
    return { schema: (await state(project)).schema };
  }
  const { importSchema } = await import("./schema-import.ts");
  return { schema: (await importSchema(project)).schema };
}

async function textOf(
  { schema }: Source,
  picture: Picture,
  project: Project,
  options: DiagramOptions,
): Promise<string> {
  const { format, title = "Schema" } = options;
  if (format === "mermaid") return mermaidText(picture);
  if (format === "dot") return dotText(picture);
  if (format === "markdown") return markdownText(documentOf(schema, picture, title));
  const [{ layOut }, { svgText }] = await Promise.all([
    import("../diagram-layout.ts"),
    import("../../core/diagram/svg.ts"),
  ]);
  const placed = layOut(picture);
  if (format === "svg") return svgText(placed, { title });
  const migrations = await migrationsOf(project);
  return pageText(documentOf(schema, picture, title), {
    // The types of Bun say what an import of HTML is without `with`.
    template: withHash(pageTemplate as unknown as string),
    schema: svgText(placed, { title, link: linkTo }),
    ...(migrations !== undefined && { migrations }),
  });
}

/** Of all tracks, below each other; nothing where there is none. */
async function migrationsOf(project: Project): Promise<string | undefined> {
  const graphs = await Promise.all(tracksOf(project).map((each) => loadGraph(each)));
  const drawn = graphs.filter((graph) => graph.order.length > 0).map((graph) => historySvg(graph));
  return drawn.length > 0 ? drawn.join("") : undefined;
}

/** The page may run its own script and no other: its hash stands in its policy, so that nothing in the data could ever become a script. */
function withHash(template: string): string {
  const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(template) ?? [];
  return template.replace("{{script}}", `sha256-${createHash("sha256").update(script).digest("base64")}`);
}
