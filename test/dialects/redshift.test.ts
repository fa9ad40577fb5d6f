import redshift from "../../src/dialects/redshift/dialect.ts";
import { adapt } from "../conformance/adapted/redshift.ts";
import { emptyRedshift } from "../conformance/emptied.ts";
import { givenServer } from "../conformance/given-server.ts";

// What needs no cluster of its own is in redshift-on-postgres.test.ts.

givenServer("GODWIT_TEST_REDSHIFT_URL", {
  dialect: redshift,
  empty: emptyRedshift,
  adapt,
  lacks: {
    uniqueKeys: "keys are declared there, and nobody carries them out",
    foreignKeys: "keys are declared there, and nobody carries them out",
  },
});
