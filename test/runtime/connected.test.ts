import { expect, test } from "bun:test";
import { connectedEvent } from "../../src/runtime/connected.ts";
import { parseUrl } from "../../src/runtime/url.ts";

test.each([
  [
    "postgres://ann:geheim@db.internal:5433/shop?sslmode=require",
    { host: "db.internal", port: 5433, namespace: "shop" },
  ],
  ["postgres://[::1]:5433/my%20shop", { host: "::1", port: 5433, namespace: "my shop" }],
  ["postgres://a:1,b:2/shop", { host: "a", port: 1, namespace: "shop" }],
  ["postgres:///shop?host=/run/postgresql", { namespace: "shop" }],
  ["sqlite:data/app.db", { namespace: "data/app.db" }],
  ["sqlite:///var/lib/app.db", { namespace: "/var/lib/app.db" }],
  [":memory:", { namespace: ":memory:" }],
])("%s", (url, expected) => {
  const { dialect, redacted } = parseUrl(url);
  const event = connectedEvent({ url: redacted, dialect });
  expect(event).toEqual({ type: "connected", dialect: dialect.name, ...expected });
  expect(JSON.stringify(event)).not.toContain("geheim");
});
