import { expect, test } from "bun:test";
import { snakeCase } from "../../../src/core/schema/snake-case.ts";

test.each([
  ["ID", "id"],
  ["userID", "user_id"],
  ["HTTPServer", "http_server"],
  ["createdAt", "created_at"],
  ["userIDs", "user_ids"],
  ["URLsSeen", "urls_seen"],
  ["SHA256Sum", "sha256_sum"],
  ["x1Y2", "x1_y2"],
  ["first-name", "first_name"],
  ["__v", "__v"],
  ["ÄrgerName", "ärger_name"],
  ["snake_case", "snake_case"],
  ["A", "a"],
  ["", ""],
])("%s is %s", (name, column) => expect(snakeCase(name)).toBe(column));
