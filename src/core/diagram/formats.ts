export const diagramFormats = ["mermaid", "dot", "svg", "markdown", "html"] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

/** What is drawn: what the project declares, what its migrations add up to, or what the database has. */
export const diagramSources = ["schema", "migrations", "database"] as const;
export type DiagramSource = (typeof diagramSources)[number];

/** Of the graph of migrations. */
export const dagFormats = ["ascii", "json", "mermaid", "svg"] as const;
export type DagFormat = (typeof dagFormats)[number];
