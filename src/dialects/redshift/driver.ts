import { openBy, parsePostgresUrl } from "../postgres/driver.ts";

/** By the protocol of PostgreSQL, which an old server speaks; encrypted where nothing else is said. */
export default openBy({
  parse: (url) => parsePostgresUrl(url, "require"),
  port: 5439,
  settings: { DateStyle: "ISO", TimeZone: "UTC" },
  apart: true,
  called: { title: "Redshift", scheme: "redshift" },
});
