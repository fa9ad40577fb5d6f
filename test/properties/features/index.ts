import { comments } from "./comments.ts";
import { domains } from "./domains.ts";
import { exclusion } from "./exclusion.ts";
import type { Feature } from "./feature.ts";
import { functions } from "./functions.ts";
import { furtherViews } from "./further-views.ts";
import { inheritance } from "./inheritance.ts";
import { numbering } from "./numbering.ts";
import { partitions } from "./partitions.ts";
import { sequences } from "./sequences.ts";
import { virtualTables } from "./virtual-tables.ts";

/** Each sees what those before it have added. */
export const features: readonly Feature[] = [
  domains,
  numbering,
  sequences,
  exclusion,
  functions,
  inheritance,
  partitions,
  furtherViews,
  virtualTables,
  comments,
];

export const featuresOf = (dialect: string): readonly Feature[] =>
  features.filter(({ dialects }) => dialects.includes(dialect));
