import { withEmptySqlite } from "../helpers/empty-database.ts";
import { playPart } from "./part.ts";
import { sqliteTraits } from "./traits.ts";

playPart({ traits: sqliteTraits, part: 3, parts: 4, total: 10_000, seed: 3, withEmpty: withEmptySqlite });
