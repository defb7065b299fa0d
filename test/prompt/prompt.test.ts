import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { catalogue } from "../../src/explain/catalogue.js";
import { loadProblem } from "../../src/problem/load.js";
import type { Problem } from "../../src/problem/problem.js";
import { clientWords } from "../../src/prompt/parameter-words.js";
import { type Prompt, promptFor } from "../../src/prompt/prompt.js";
import { systemPrompt } from "../../src/prompt/system.js";
import { invariantId } from "../../src/scoring/gates.js";

const builtIn = readdirSync("problems").map((file) => file.replace(/\.json$/, ""));

const bare: Problem = {
  id: "bare",
  title: "Bare",
  workload: { ratePerS: 1, durationMs: 1000 },
  scenarios: [{ id: "baseline", kind: "baseline" }],
};

/** Names of the fields of an object and of those inside it. */
function fieldNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [name, ...fieldNames(field)]);
}

describe.each([...builtIn, "examples/my-shop.json"])("the prompt of %s", (name) => {
  let problem: Problem;
  let prompt: Prompt;
  beforeAll(async () => {
    problem = (await loadProblem(name)).problem;
    prompt = promptFor(problem);
  });

  it("holds title and brief as they are", () => {
    expect(prompt.user).toContain(`Problem: ${problem.title}\n`);
    expect(prompt.user).toContain(problem.brief ?? "");
  });

  it("holds every scenario with its label, kind, figures and gates, and what its kind does", () => {
    for (const { id, label, kind, criteria, ...parameters } of problem.scenarios) {
      expect(prompt.user).toContain(`- \`${id}\`${label === undefined ? "" : `, ${label}`}: kind \`${kind}\``);
      expect(prompt.user).toMatch(new RegExp(`^- \`${kind}\`: [A-Z].*\\.$`, "m"));
      for (const field of fieldNames(parameters)) expect(prompt.user).toContain(`"${field}":`);
      for (const gate of criteria?.metrics ?? []) expect(prompt.user).toContain(`\`${gate}\``);
    }
  });

  it("holds every criterion and constraint with its limit, and explains every metric that a gate names", () => {
    const { metrics = [], ...named } = problem.criteria ?? {};
    for (const [id, limit] of Object.entries({ ...named, ...problem.constraints })) {
      expect(prompt.user).toContain(`- \`${id}\` ${JSON.stringify(limit)}: `);
    }
    const gates = [...metrics, ...problem.scenarios.flatMap((scenario) => scenario.criteria?.metrics ?? [])];
    for (const gate of gates) {
      expect(prompt.user).toContain(`\`${gate}\``);
      expect(prompt.user).toMatch(new RegExp(`^- \`${gate.split(/ ?[<>=]/)[0]}\`.*: [A-Z]`, "m"));
    }
  });

  it("holds every invariant, with when it is violated", () => {
    for (const invariant of problem.invariants ?? []) {
      expect(prompt.user).toMatch(new RegExp(`^- \`${invariantId(invariant)}\`: .*Violated when `, "m"));
    }
  });

  it("explains every figure of roles, load and clients", () => {
    for (const role of Object.keys(problem.roles ?? {})) expect(prompt.user).toContain(`- \`${role}\``);
    const { client = {}, cart = {}, ...load } = problem.workload;
    for (const field of [load, client, cart, ...Object.values(problem.roles ?? {})].flatMap((part) =>
      Object.keys(part ?? {}),
    )) {
      expect(prompt.user).toMatch(new RegExp(`^ *- \`${field}\` .*: .`, "m"));
    }
    const figures = prompt.user.split("\n").filter((line) => /^ *- `\w+` [^:]*$/.test(line));
    expect(figures).toEqual([]);
  });

  it("asks for JSON only, in both parts", () => {
    expect(prompt.system).toContain("Answer with this JSON and nothing else");
    expect(prompt.user.endsWith("Answer with the JSON of one canvas and nothing else.")).toBe(true);
  });

  it("has the SHA-256 of system, a line feed and user, the same each time", () => {
    const sha256 = createHash("sha256").update(prompt.system).update("\n").update(prompt.user).digest("hex");
    expect(prompt).toMatchObject({ problem: problem.id, sha256 });
    expect(promptFor(problem)).toEqual(prompt);
  });

  // Words that the catalogue or the problem itself uses are no leak; whatever else the reference says would be one.
  it("says nothing that only the reference canvas says", () => {
    if (!builtIn.includes(name)) return;
    const reference = JSON.parse(readFileSync(`canvases/${name}/reference.json`, "utf8")) as Canvas;
    const { components, connections } = reference;
    const phrases = [reference, ...components, ...connections].flatMap((part) => {
      const { label, name: title, description } = part as Readonly<Record<string, unknown>>;
      return [label, title, description].filter((text) => typeof text === "string" && text.includes(" "));
    }) as readonly string[];
    expect(phrases.length).toBeGreaterThan(5);
    const ownWords =
      `${JSON.stringify(problem)} ${JSON.stringify([catalogue, clientWords])} ${systemPrompt(bare)}`.toLowerCase();
    const text = `${prompt.system}\n${prompt.user}`.toLowerCase();
    const found = phrases.map((phrase) => phrase.toLowerCase()).filter((phrase) => text.includes(phrase));
    expect(found.filter((phrase) => !ownWords.includes(phrase))).toEqual([]);
    for (const { behavior } of components)
      if (behavior !== undefined) expect(text).not.toContain(JSON.stringify(behavior));
  });
});

describe("the hash", () => {
  it("changes with anything in the problem that a model is told", async () => {
    const { problem } = await loadProblem("chini-002-checkout");
    const [first] = problem.scenarios;
    const changed: readonly Problem[] = [
      { ...problem, brief: `${problem.brief} ` },
      { ...problem, title: "Another" },
      { ...problem, criteria: { ...problem.criteria, maxErrors: 2 } },
      { ...problem, invariants: ["no-double-charge"] },
      { ...problem, constraints: { ...problem.constraints, maxComponents: 11 } },
      { ...problem, workload: { ...problem.workload, ratePerS: 21 } },
      { ...problem, roles: { ...problem.roles, "payment-provider": { ratePerS: 61, timeMs: 300 } } },
      { ...problem, scenarios: first === undefined ? [] : [first] },
      { ...problem, scale: 0.5 },
    ];
    const hashes = [problem, ...changed].map((one) => promptFor(one).sha256);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("does not change with what a model is not told", async () => {
    const { problem } = await loadProblem("chini-002-checkout");
    expect(promptFor({ ...problem, source: "elsewhere" }).sha256).toBe(promptFor(problem).sha256);
  });
});

describe("text from a problem file", () => {
  it("cannot steer a terminal, and keeps its lines", async () => {
    const { problem } = await loadProblem("chini-002-checkout");
    const { user } = promptFor({ ...problem, title: "A \u001b[31mred\nline", brief: "one\u202e\n\ntwo" });
    expect(user).toContain("Problem: A \\u001b[31mred\\u000aline\n");
    expect(user).toContain("one\\u202e\n\ntwo\n");
    expect(user).not.toContain("\u001b");
  });
});
