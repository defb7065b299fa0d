import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { composeSchema, schemaText } from "../../scripts/compose-schemas.js";
import { discriminateUnions } from "../../scripts/discriminated-unions.js";
import { choiceOf, type JsonSchema, schemaNames, schemaPath } from "../../src/document/json-schema.js";

function schemaFilesIn(folder: string): readonly string[] {
  return readdirSync(fileURLToPath(new URL(`../../src/${folder}`, import.meta.url)))
    .filter((name) => name.endsWith(".schema.ts"))
    .map((name) => name.slice(0, -".schema.ts".length))
    .sort();
}

function sorted(names: Iterable<string> | undefined): readonly string[] {
  return [...(names ?? [])].sort();
}

describe("the published JSON Schemas", () => {
  it.each(schemaNames)("schemas/%s.schema.json is what npm run schemas writes", (name) => {
    expect(readFileSync(schemaPath(name), "utf8")).toBe(schemaText(name));
  });

  it("say their draft, id and title", () => {
    for (const name of schemaNames) {
      const schema = composeSchema(name);
      expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
      expect(schema.$id).toBe(`urn:chini-bench:schema:${name}`);
      expect(schema.title).not.toBe("");
    }
  });

  it("hold every behaviour mode that has a schema file", () => {
    const behavior = composeSchema("canvas").properties?.components?.items?.properties?.behavior ?? {};
    expect(sorted(choiceOf(behavior)?.branches.keys())).toEqual(schemaFilesIn("components"));
  });

  it("hold every role that has a schema file", () => {
    expect(sorted(Object.keys(composeSchema("problem").properties?.roles?.properties ?? {}))).toEqual(
      schemaFilesIn("roles"),
    );
  });

  it("hold every scenario kind that has a schema file", () => {
    const scenario = composeSchema("problem").properties?.scenarios?.items ?? {};
    const kinds = schemaFilesIn("scenarios").filter((name) => name !== "measurement");
    expect(sorted(choiceOf(scenario)?.branches.keys())).toEqual(kinds);
  });

  it("have no union that a validator would have to try branch by branch", () => {
    for (const name of schemaNames) expect(schemaText(name)).not.toContain('"anyOf"');
  });
});

describe("discriminateUnions", () => {
  const branch = (kind: string): JsonSchema => ({
    type: "object",
    properties: { size: { type: "number" }, kind: { type: "string", const: kind } },
    required: ["kind"],
  });

  it("turns objects into a choice by the property that tells them apart", () => {
    expect(discriminateUnions({ oneOf: [branch("a"), branch("b")] })).toEqual({
      type: "object",
      discriminator: { propertyName: "kind" },
      oneOf: [branch("a"), branch("b")],
    });
  });

  it("turns a number or objects into a choice by type", () => {
    expect(discriminateUnions({ anyOf: [{ type: "number", minimum: 0 }, branch("a")] })).toEqual({
      if: { type: "object" },
      // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
      then: branch("a"),
      else: { type: ["number", "object"], minimum: 0 },
    });
  });

  it("turns bare types into a list of types", () => {
    expect(discriminateUnions({ items: { anyOf: [{ type: "number" }, { type: "null" }] } })).toEqual({
      items: { type: ["number", "null"] },
    });
  });

  it("refuses branches that nothing tells apart, or that have no type", () => {
    expect(() => discriminateUnions({ anyOf: [branch("a"), branch("a")] })).toThrow(
      "no property tells the branches of a union apart: size, kind",
    );
    expect(() => discriminateUnions({ anyOf: [{ const: 1 }, branch("a")] })).toThrow("a union's branch needs one type");
  });
});
