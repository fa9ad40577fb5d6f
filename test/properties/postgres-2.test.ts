import { emptyPostgresDatabases } from "../helpers/empty-database.ts";
import { playPart } from "./part.ts";
import { postgresTraits } from "./traits.ts";

const total = process.env["GODWIT_TEST_LONG"] === "1" ? 500 : 250;

playPart({ traits: postgresTraits, part: 2, parts: 2, total, seed: 4, withEmpty: emptyPostgresDatabases() });
