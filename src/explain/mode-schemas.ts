import { choiceOf, type JsonSchema, readSchema } from "../document/json-schema.js";

/** The schema of each behaviour mode, by name, in the schema's order. */
export function modeSchemas(): ReadonlyMap<string, JsonSchema> {
  const behavior = readSchema("canvas").properties?.components?.items?.properties?.behavior;
  return (behavior === undefined ? null : choiceOf(behavior))?.branches ?? new Map();
}

/** The parameters that all modes have; where they differ, as most modes have them: as the first has. */
export function commonParameters(): ReadonlyMap<string, JsonSchema> {
  const branches = [...modeSchemas().values()];
  const [first] = branches;
  const shared = Object.entries(first?.properties ?? {}).filter(([name]) =>
    branches.every(({ properties = {} }) => name !== "mode" && Object.hasOwn(properties, name)),
  );
  return new Map(shared);
}

/** The parameters of a mode's schema that are not just as in all modes. */
export function ownParameters({ properties = {} }: JsonSchema): ReadonlyMap<string, JsonSchema> {
  const common = commonParameters();
  return new Map(
    Object.entries(properties).filter(([name, schema]) => name !== "mode" && !isSame(common.get(name), schema)),
  );
}

function isSame(left: JsonSchema | undefined, right: JsonSchema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
