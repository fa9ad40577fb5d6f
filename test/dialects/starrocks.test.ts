import starrocks from "../../src/dialects/starrocks/dialect.ts";
import { emptyStarrocks } from "../conformance/emptied.ts";
import { givenServer } from "../conformance/given-server.ts";

givenServer("GODWIT_TEST_STARROCKS_URL", {
  dialect: starrocks,
  empty: emptyStarrocks,
  lacks: {
    foreignKeys: "StarRocks has none",
    uniqueKeys: "only the primary key keeps rows apart",
    numbering: "a column numbers itself only where its table is made so",
  },
});
