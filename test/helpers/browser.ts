import { type Browser, chromium } from "playwright-core";
import { debianProgram } from "./debian-package.ts";

/** Chromium without a window: the one that is installed, or that of the Debian package. Whoever opens it closes it. */
export function openBrowser(): Promise<Browser> {
  const { path, env } = debianProgram("chromium", "usr/lib/chromium/chromium");
  const environment = { ...process.env, ...env, HOME: "/tmp" };
  return chromium.launch({
    executablePath: path,
    env: environment,
    // Tests run as root in containers, where there is nothing to build its sandbox with.
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
}
