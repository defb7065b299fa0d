import type { JsonDocument } from "../document/document.js";
import type { Fault } from "../document/fault.js";
import { isJsonObject } from "../document/json-schema.js";
import type { JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value !== undefined && isJsonObject(value) ? value[name] : undefined;
}

/** Components whose slots could never be as many as they have at least: a `max` below its `min`. */
export function autoscaleFaults(document: JsonDocument): readonly Fault[] {
  const components = member(document.value, "components");
  if (!Array.isArray(components)) return [];
  return (components as readonly JsonValue[]).flatMap((component, index) => {
    const autoscale = member(member(component, "service"), "autoscale");
    const min = member(autoscale, "min");
    const max = member(autoscale, "max");
    if (typeof min !== "number" || typeof max !== "number" || min <= max) return [];
    const pointer = ["components", index, "service", "autoscale", "max"].reduce<string>(pointerTo, "");
    return [document.fault(pointer, { code: "out-of-range", found: String(max), allowed: [`at least min, ${min}`] })];
  });
}
