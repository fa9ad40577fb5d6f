/**
 * Makes the database that makemigrations 1.8 would have made of the schema in docs/from-makemigrations.md, with rows in it, as
 * `DATABASE_URL` or, without one, as app.db. Run as a script, in the directory of the project.
 */
import { openDatabase } from "../../src/runtime/database.ts";

const sqlite = `
CREATE TABLE "users" (
    "id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "credit" REAL DEFAULT 0,
    "created_at" DATETIME DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "idx_users_email" ON "users" ("email");
CREATE TABLE "posts" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "body" TEXT DEFAULT '',
    "meta" TEXT,
    PRIMARY KEY ("id")
);
CREATE TABLE IF NOT EXISTS makemigrations_history (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
)`;

const postgresql = `
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "credit" DECIMAL(10,2) DEFAULT 0,
    "created_at" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "idx_users_email" ON "users" ("email");
CREATE TABLE "posts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" INTEGER NOT NULL,
    "body" TEXT DEFAULT '',
    "meta" JSONB,
    PRIMARY KEY ("id")
);
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id" FOREIGN KEY ("user_id") REFERENCES "users" ON DELETE CASCADE;
CREATE TABLE IF NOT EXISTS makemigrations_history (
    id SERIAL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    applied_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
)`;

const rows = `
INSERT INTO makemigrations_history (name) VALUES ('0001_initial');
INSERT INTO users (email, credit) VALUES ('ann@example.org', 2.5);
INSERT INTO posts (id, user_id, body) VALUES ('0190c1d4-0000-7000-8000-000000000001', '1', 'first')`;

const url = process.env["DATABASE_URL"];
const database = await openDatabase({ url: url || "sqlite:app.db" });
await database.driver.execute(`${url ? postgresql : sqlite};${rows}`);
await database.close();
