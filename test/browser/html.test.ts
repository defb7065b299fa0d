import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { html } from "../../src/report/html.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { judged, madeUpComparison } from "../report/judged.js";
import { launch, runnable } from "./chromium.js";

const folder = "canvases/chini-002-checkout";

interface Opened {
  readonly page: Page;
  /** What went wrong or went out: console errors, page errors, requests beside the document. */
  readonly noises: readonly string[];
}

describe.skipIf(!runnable)("the HTML report in Chromium", () => {
  const directory = temporaryDirectory();
  const failing = join(directory.path, "failing.html");
  const compared = join(directory.path, "compared.html");
  const swept = join(directory.path, "swept.html");
  let browser: Browser | null = null;

  beforeAll(async () => {
    await run(["run", "chini-002-checkout", `${folder}/wrong/check-then-act.json`, "--reporter", `html=${failing}`]);
    const setting = ["--set", "clerk.service.timeMs.meanMs=100,110"];
    await run(["run", "examples/clerk.problem.json", "examples/clerk.json", ...setting, "--reporter", `html=${swept}`]);
    const files = ["wrong/no-breaker", "plain", "reference"].map((name) => `${folder}/${name}.json`);
    const designs = await judged("chini-002-checkout", files, { seeds: 3, scenarios: ["payment-outage"] });
    const options = { color: false, width: 100, quiet: false };
    directory.write("compared.html", html.render({ designs, comparison: madeUpComparison }, options));
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function opened(file: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser!.newContext({ viewport: { width: 1200, height: 900 }, ...options });
    const page = await context.newPage();
    const noises: string[] = [];
    const address = pathToFileURL(file).href;
    page.on("console", (message) => noises.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => noises.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== address) noises.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, noises };
  }

  for (const [name, file] of [
    ["one failing design", failing],
    ["a comparison", compared],
    ["a sweep", swept],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`has no serious finding of axe in ${name}, ${colorScheme}`, async () => {
        // The document's own policy would keep the checker out.
        const { page } = await opened(file, { colorScheme, bypassCSP: true });
        await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run().then(({ violations }) => violations)")) as readonly {
          readonly id: string;
          readonly impact: string;
          readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
        }[];
        const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
        await page.context().close();
      });
    }

    it(`asks for nothing and complains of nothing in ${name}`, async () => {
      const { page, noises } = await opened(file);
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      await page.waitForLoadState("networkidle");
      expect(noises).toEqual([]);
      expect(await page.evaluate("document.scripts.length")).toBe(0);
      await page.context().close();
    });

    for (const width of [360, 768]) {
      it(`does not scroll sideways at ${width} pixels in ${name}`, async () => {
        const { page } = await opened(file, { viewport: { width, height: 740 } });
        await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.context().close();
      });
    }
  }

  it("shows the same without scripts", async () => {
    const looks = await Promise.all(
      [true, false].map(async (javaScriptEnabled) => {
        const { page } = await opened(failing, { javaScriptEnabled });
        const look = await page.screenshot({ fullPage: true });
        await page.context().close();
        return look.toString("base64");
      }),
    );
    expect(looks[0] === looks[1]).toBe(true);
  });

  it("lets the keyboard reach every link, fold and scrolling table, each with a visible focus", async () => {
    const { page } = await opened(failing);
    const reachable = "a[href], summary, [tabindex='0']";
    const wanted = (await page.evaluate(
      `[...document.querySelectorAll("${reachable}")].filter((part) => part.checkVisibility()).length`,
    )) as number;
    const seen = new Set<number>();
    for (let step = 0; step < wanted + 2; step++) {
      await page.keyboard.press("Tab");
      const [index, outline] = (await page.evaluate(
        `[[...document.querySelectorAll("${reachable}")].indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]`,
      )) as [number, string];
      if (index === -1) break;
      seen.add(index);
      expect(outline).toBe("solid");
    }
    expect(seen.size).toBe(wanted);
    await page.context().close();
  });

  it("gives the charts other colours in the dark", async () => {
    const colours = await Promise.all(
      (["light", "dark"] as const).map(async (colorScheme) => {
        const { page } = await opened(failing, { colorScheme });
        const colour = await page.evaluate(
          `getComputedStyle(document.querySelector("#d1-run1 svg path[stroke='var(--accepted)']")).stroke`,
        );
        await page.context().close();
        return colour;
      }),
    );
    expect(colours).toEqual(["rgb(11, 99, 197)", "rgb(108, 182, 255)"]);
  });
});
