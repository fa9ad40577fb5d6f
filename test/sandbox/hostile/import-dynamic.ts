const name = ["node", "fs"].join(":");
const fs = await import(name);
export default { secret: fs.readFileSync("/etc/passwd", "utf8") };
