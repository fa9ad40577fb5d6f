import { fetchMysql } from "../helpers/mysql-install.ts";

// `npx bun test/engines/mysql.ts` fetches a MySQL for tests, which are left out where there is none.

const { version, command } = fetchMysql();
process.stdout.write(`MySQL ${version}: ${command.find((word) => word.endsWith("mysqld"))}\n`);
