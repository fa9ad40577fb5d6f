import { readFileSync } from "node:fs";

export default { secret: readFileSync("/etc/passwd", "utf8") };
