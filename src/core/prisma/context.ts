import type { PrismaDocument } from "./document.ts";
import type { Target } from "./targets.ts";

/** A schema in the words of Prisma, and what its database is. */
export interface Context {
  readonly document: PrismaDocument;
  readonly target: Target;
}
