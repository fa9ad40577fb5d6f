import type { Tool } from "../tool.ts";
import { dbmate } from "./dbmate.ts";
import { drizzleKit } from "./drizzle-kit.ts";
import { golangMigrate } from "./golang-migrate.ts";
import { goose } from "./goose.ts";
import { knex } from "./knex.ts";
import { kysely } from "./kysely.ts";
import { nodePgMigrate } from "./node-pg-migrate.ts";

/** To add one, write a file beside this one and pin its package. */
export const tools: readonly Tool[] = [goose, golangMigrate, dbmate, drizzleKit, knex, nodePgMigrate, kysely];
