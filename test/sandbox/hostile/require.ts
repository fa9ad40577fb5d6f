const fs = require("node:fs");
export default { secret: fs.readFileSync("/etc/passwd", "utf8") };
