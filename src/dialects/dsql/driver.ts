import { ToolError } from "../../core/errors.ts";
import type { OpenDriver } from "../../runtime/driver.ts";
import { openBy, parsePostgresUrl } from "../postgres/driver.ts";
import { awaitingJobs } from "./remote.ts";

/**
 * As PostgreSQL, always encrypted, and with the certificate of the server checked unless the URL says less. The user is "admin" and the database
 * "postgres" where nothing says otherwise; the password is a token of IAM.
 */
const connect = openBy({
  parse: (url) => {
    const target = parsePostgresUrl(url, "verify-full");
    const { user = process.env["PGUSER"] ?? "admin", database = "postgres" } = target;
    if (target.password === undefined && !process.env["PGPASSWORD"]) throw noToken();
    return { ...target, user, database };
  },
  port: 5432,
  settings: { DateStyle: "ISO", TimeZone: "UTC" },
  apart: true,
  called: { title: "Aurora DSQL", scheme: "dsql" },
});

const noToken = (): ToolError =>
  new ToolError(
    "url",
    "Aurora DSQL needs a token in the place of a password: put what `aws dsql generate-db-connect-admin-auth-token --hostname HOST` prints into PGPASSWORD, or that command into database.password_command of godwit.yaml",
  );

const open: OpenDriver = async (url, options) => awaitingJobs(await connect(url, options));

export default open;
