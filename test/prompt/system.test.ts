import { beforeAll, describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import { modes } from "../../src/components/index.js";
import { choiceOf, type JsonSchema, readSchema } from "../../src/document/json-schema.js";
import { loadProblem } from "../../src/problem/load.js";
import type { Problem } from "../../src/problem/problem.js";
import { roleParameterWords, scenarioWords } from "../../src/prompt/parameter-words.js";
import { systemPrompt } from "../../src/prompt/system.js";
import { roles } from "../../src/roles/index.js";
import { designChecks } from "../../src/scoring/design.js";

const canvasSchema = readSchema("canvas");
const problemSchema = readSchema("problem");
const component = canvasSchema.properties?.components?.items?.properties ?? {};
const connection = canvasSchema.properties?.connections?.items?.properties ?? {};
const branches = choiceOf(component.behavior ?? {})?.branches ?? new Map<string, JsonSchema>();

let problem: Problem;
let system: string;
beforeAll(async () => {
  problem = (await loadProblem("chini-002-checkout")).problem;
  system = systemPrompt(problem);
});

describe("the system prompt tells", () => {
  it("every type, and every field of components and connections, with their own", () => {
    for (const type of component.type?.enum ?? []) expect(system).toMatch(new RegExp(`^- \`${type}\`: .`, "m"));
    for (const fields of [component, connection]) {
      for (const [name, schema] of Object.entries(fields)) {
        expect(system).toContain(`- \`${name}\``);
        for (const inner of Object.keys(schema.properties ?? {})) expect(system).toContain(`  - \`${inner}\``);
      }
    }
    expect(system).toContain("- `id` (text; required): unique; connections name it");
    expect(system).toContain("- `from` (text; required): id of the component that calls");
  });

  it("every mode of the schema with what it does, and every parameter with what it means", () => {
    expect([...branches.keys()].sort()).toEqual([...modes.keys()].sort());
    for (const [mode, { properties = {} }] of branches) {
      const does = properties.mode?.description;
      expect(does, `${mode} needs a describe in its schema`).toBeTypeOf("string");
      expect(system).toContain(`- \`${mode}\`: ${String(does)}`);
      for (const [name, { description }] of Object.entries(properties)) {
        expect(description, `${mode}.${name} needs a describe in its schema`).toBeTypeOf("string");
        expect(system).toContain(String(description));
      }
    }
  });

  it("the defaults of this problem, as the engine fills them in", () => {
    expect(system).toContain(
      "`maxAttempts` (whole number from 1 to 1000; default 4): attempts, the first one included",
    );
    expect(system).toContain("default 120 (⌈6 × λ⌉ consumers)");
    expect(system).toContain("`releaseRps` (number above 0; default 45 (0.75 × the 60/s of the provider ahead))");
    expect(system).toContain("λ is the problem's base rate, 20 a second");
    const faster = systemPrompt({ ...problem, workload: { ...problem.workload, ratePerS: 30 } });
    expect(faster).toContain("default 180 (⌈6 × λ⌉ consumers)");
  });

  it("types of values in words", () => {
    expect(system).toContain('`quorum` (whole number from 1 to 2000 or "all"; default all)');
    expect(system).toContain('`timeMs` (number from 0 or { "dist": "exponential", "meanMs": number from 0 } or {');
    expect(system).toContain('`jitter` ("none" | "half" | "full" | "decorrelated"; default full)');
    expect(system).toContain("`pauseWhenOpen` (true | false; default true)");
  });

  it("every role with its operations, every structural check, and every score", () => {
    for (const [name, { operations }] of roles) {
      const list = operations.length === 0 ? "none" : operations.map((operation) => `\`${operation}\``).join(", ");
      expect(system).toMatch(new RegExp(`^- \`${name}\`: .*Operations: ${list}\\.$`, "m"));
    }
    for (const { code, weight } of designChecks) {
      expect(system).toMatch(new RegExp(`^- \`${code}\`: .*Takes ${weight} points`, "m"));
    }
    for (const score of ["composite", "stability", "delivery", "cost", "constraints", "design"]) {
      expect(system).toMatch(new RegExp(`^- \`${score}\`: .`, "m"));
    }
  });
});

describe("words for a problem's figures", () => {
  it("there are for every parameter of every role", () => {
    const schemas = Object.entries(problemSchema.properties?.roles?.properties ?? {});
    expect(schemas.length).toBeGreaterThan(8);
    const missing = schemas.flatMap(([role, { properties = {} }]) =>
      Object.keys(properties).flatMap((name) => (Object.hasOwn(roleParameterWords, name) ? [] : [`${role}.${name}`])),
    );
    expect(missing).toEqual([]);
  });

  it("there are for every field that all kinds of scenario share", () => {
    const kinds = [...(choiceOf(problemSchema.properties?.scenarios?.items ?? {})?.branches.values() ?? [])];
    const [first, ...others] = kinds.map(({ properties = {} }) => Object.keys(properties));
    const shared = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
    const told = ["id", "label", "kind", "criteria"];
    expect(shared.filter((name) => !told.includes(name)).sort()).toEqual(Object.keys(scenarioWords).sort());
  });
});

/** A canvas in which what has a default in the schema's words is left out. */
const plain: Canvas = {
  components: [
    { id: "buyer", type: "person" },
    { id: "saga", type: "step", service: { autoscale: { min: 1, max: 9 } } },
    { id: "lock", type: "storage", role: "lock" },
    { id: "orders", type: "storage", role: "order-store", idempotency: { key: "request", check: "check-then-act" } },
    { id: "psp", type: "tool", role: "payment-provider" },
    { id: "cron", type: "trigger", role: "reconciler" },
  ],
  connections: [
    { from: "buyer", to: "saga" },
    { from: "saga", to: "lock", operation: "acquire", undo: "release" },
    { from: "saga", to: "psp", undo: "void" },
    { from: "saga", to: "orders" },
    { from: "cron", to: "psp" },
  ],
};

describe("defaults that the schema's descriptions name", () => {
  it("are those that the engine assumes", () => {
    const { assumptions } = compile(plain, problem);
    const common = branches.get("passthrough")?.properties ?? {};
    const described: readonly (readonly [prefix: string, schemas: Readonly<Record<string, JsonSchema>>])[] = [
      ["behavior", common],
      ["service.autoscale", component.service?.properties?.autoscale?.properties ?? {}],
      ["saga", component.saga?.properties ?? {}],
      ["idempotency", component.idempotency?.properties ?? {}],
    ];
    let compared = 0;
    for (const [prefix, schemas] of described) {
      for (const [name, { description }] of Object.entries(schemas)) {
        for (const { value } of assumptions.filter(({ field }) => field === `${prefix}.${name}`)) {
          const figures = [
            ...String(description).matchAll(/\((?:[^)]*[; ])?(\d[\d.]*|true|false)(?:;[^)]*)?\)|: (\d+)\)/g),
          ];
          if (figures.length === 0) continue;
          expect(String(description), `${prefix}.${name}`).toMatch(new RegExp(`\\b${String(value)}\\b`));
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThanOrEqual(8);
  });
});
