import dialect from "../../src/dialects/sqlserver/dialect.ts";
import open from "../../src/dialects/sqlserver/driver.ts";
import { driverSuite } from "../conformance/driver.ts";
import { emptySqlserver } from "../conformance/emptied.ts";
import { givenServer } from "../conformance/given-server.ts";

givenServer("GODWIT_TEST_SQLSERVER_URL", { dialect, empty: emptySqlserver });

const url = process.env["GODWIT_TEST_SQLSERVER_URL"];
if (url !== undefined)
  driverSuite("SQL Server", {
    open: () => open(url),
    placeholder: (n) => `@p${n}`,
    types: { integer: "BIGINT", bytes: "VARBINARY(MAX)", text: "NVARCHAR(MAX)" },
    begin: dialect.bookkeeping.begin,
    codes: { unique: "2627", syntax: "102" },
  });
