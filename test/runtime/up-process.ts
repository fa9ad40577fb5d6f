/** A process of its own for tests: runs `up` on the project given as JSON in argv and prints its result as JSON. */
import type { Project } from "../../src/runtime/project.ts";
import { up } from "../../src/runtime/tasks/up.ts";

const project = JSON.parse(process.argv[2] ?? "") as Project;
process.stdout.write(JSON.stringify(await up(project)));
process.exit(0);
