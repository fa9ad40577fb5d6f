import type { PlanContent } from "../core/plan/plan-file.ts";
import type { Paint } from "./output.ts";

/** A line per operation that may lose data or block, what may lose data in red. */
export const hazardText = ({ migrations }: PlanContent, paint: Paint): string =>
  migrations
    .flatMap(({ name, hazards }) =>
      hazards.map(({ risk, title }) => `${paint(risk === "lossy" ? "red" : "yellow", risk)} ${name}: ${title}`),
    )
    .join("\n");
