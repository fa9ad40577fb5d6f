import vertica from "../../src/dialects/vertica/dialect.ts";
import { emptyVertica } from "../conformance/emptied.ts";
import { givenServer } from "../conformance/given-server.ts";

givenServer("GODWIT_TEST_VERTICA_URL", {
  dialect: vertica,
  empty: emptyVertica,
  lacks: {
    foreignKeys: "Vertica checks none",
    numbering: "a column numbers itself only where its table is made so",
  },
});
