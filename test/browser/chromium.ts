import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that `CHROMIUM` names, else one in a usual place; null where there is none. */
const executable = process.env.CHROMIUM ?? places.find((place) => existsSync(place)) ?? null;

/** Without a browser the tests are skipped, unless they are required: then they fail. */
export const runnable = executable !== null || process.env.BROWSER_TESTS === "required";

const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

/** @throws Error when there is no browser */
export function launch(): Promise<Browser> {
  if (executable === null) throw new Error(`no Chromium; set CHROMIUM, or install it as one of ${places.join(", ")}`);
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", ...quiet];
  return chromium.launch({ executablePath: executable, args });
}
