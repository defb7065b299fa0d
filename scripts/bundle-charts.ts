import { readFileSync, writeFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { packagePath } from "../src/document/package-files.js";

/**
 * Puts the code of the chart library into the one built file that imports it: who installs chini-bench gets half a megabyte
 * of it in place of 67, and a report loads one file in place of hundreds.
 */

/** What the bundle holds code of; the licences ask that their texts come along. */
const libraries = ["echarts", "zrender", "tslib"];

const file = packagePath("dist", "src", "report", "html", "chart-library.js");

const bundle = await rolldown({ input: file, platform: "node" });
const { output } = await bundle.generate({ format: "esm", minify: true });
await bundle.close();
const [entry, ...others] = output;
if (others.length > 0) throw new Error(`the chart library makes ${output.length} files in place of one`);
const foreign = entry.imports.filter((name) => !name.startsWith("node:"));
if (foreign.length > 0) throw new Error(`the chart library still imports ${foreign.join(", ")}`);
writeFileSync(file, entry.code);
writeFileSync(packagePath("dist", "src", "report", "html", "chart-library.LICENSES.txt"), licences());

function licences(): string {
  return libraries.flatMap((name) => textsOf(name).map((text) => `${name}\n\n${text}`)).join("\n\n");
}

function textsOf(library: string): readonly string[] {
  const texts = ["LICENSE", "LICENSE.txt", "NOTICE"].flatMap((name) => {
    try {
      return [readFileSync(packagePath("node_modules", library, name), "utf8").trim()];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
  if (texts.length === 0) throw new Error(`${library} has no licence to come along with its code`);
  return texts;
}
