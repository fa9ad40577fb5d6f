import { emptyPostgresDatabases } from "../helpers/empty-database.ts";
import { playPart } from "./part.ts";
import { postgresTraits } from "./traits.ts";

playPart({ traits: postgresTraits, part: 2, parts: 4, total: 500, seed: 2, withEmpty: emptyPostgresDatabases() });
