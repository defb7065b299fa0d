import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Canvas } from "../src/canvas/canvas.js";
import { referenceFile } from "./designs.js";

const tenth = "reports/three-attempts.json";

/**
 * What `compare` is measured with: the eight canvases of chini-002-checkout, the one that `init` writes, and the reference
 * with three attempts in place of four. Five runs each: an ordinary hour, the sale, the slow provider, the dead one twice.
 */
export function tenDesigns(): readonly string[] {
  const reference = JSON.parse(readFileSync(referenceFile, "utf8")) as Canvas;
  const components = reference.components.map((component) =>
    component.behavior?.mode === "retry"
      ? { ...component, behavior: { ...component.behavior, maxAttempts: 3 } }
      : component,
  );
  mkdirSync("reports", { recursive: true });
  writeFileSync(tenth, JSON.stringify({ ...reference, components }));
  return ["canvases/chini-002-checkout", "templates/checkout.json", tenth];
}
