import type { JsonDocument } from "../document/document.js";
import type { Fault } from "../document/fault.js";
import { isJsonObject, numberIn, readSchema } from "../document/json-schema.js";
import { nearestName } from "../document/nearest.js";
import type { JsonObject, JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";
import { workloadFaults } from "./workload-faults.js";

/** A scenario with what it is checked against. */
interface ScenarioContext {
  readonly document: JsonDocument;
  readonly scenario: JsonObject;
  readonly pointer: string;
  /** Names of the problem's roles. */
  readonly roles: readonly string[];
  /** How long arrivals last in this scenario, milliseconds; undefined when the file does not say it rightly. */
  readonly durationMs: number | undefined;
}

/** A role that is named but not among the problem's roles. */
export function roleFaults(
  document: JsonDocument,
  name: JsonValue | undefined,
  roles: readonly string[],
  pointer: string,
): readonly Fault[] {
  if (typeof name !== "string" || roles.includes(name)) return [];
  const suggestion = nearestName(name, roles);
  const detail = { code: "unknown-role", found: name, allowed: roles } as const;
  return [document.fault(pointer, suggestion === null ? detail : { ...detail, suggestion })];
}

/** A window, [startMs, endMs), that is empty or outside of the arrivals. */
function windowFaults(
  { document, durationMs }: ScenarioContext,
  window: JsonObject,
  pointer: string,
): readonly Fault[] {
  const startMs = numberIn(window, "startMs");
  const endMs = numberIn(window, "endMs");
  const faults: Fault[] = [];
  if (startMs !== undefined && durationMs !== undefined && startMs >= durationMs) {
    const detail = { code: "window-outside", found: String(startMs), durationMs } as const;
    faults.push(document.fault(pointerTo(pointer, "startMs"), detail));
  }
  if (endMs === undefined) return faults;
  const at = pointerTo(pointer, "endMs");
  if (endMs <= (startMs ?? 0)) {
    faults.push(document.fault(at, { code: "window-empty", found: String(endMs), startMs: startMs ?? 0 }));
  } else if (durationMs !== undefined && endMs > durationMs) {
    faults.push(document.fault(at, { code: "window-outside", found: String(endMs), durationMs }));
  }
  return faults;
}

function latencyFaults({ document, scenario, pointer }: ScenarioContext): readonly Fault[] {
  if (scenario.kind !== "latency" || Object.hasOwn(scenario, "addMs") || Object.hasOwn(scenario, "factor")) return [];
  return [document.fault(pointer, { code: "latency-unchanged" })];
}

function pauseFaults({ document, scenario, pointer }: ScenarioContext): readonly Fault[] {
  const minMs = numberIn(scenario, "minMs");
  const maxMs = numberIn(scenario, "maxMs");
  if (scenario.kind !== "pause" || minMs === undefined || maxMs === undefined || minMs <= maxMs) return [];
  return [document.fault(pointerTo(pointer, "maxMs"), { code: "pause-backward", found: String(maxMs), minMs })];
}

/** Roles that the scenario changes and the problem does not have; the schema refuses what is no role at all. */
function changedRoleFaults({ document, scenario, pointer, roles }: ScenarioContext): readonly Fault[] {
  if (!isJsonObject(scenario.roles)) return [];
  const known = readSchema("problem").properties?.roles?.properties ?? {};
  return Object.keys(scenario.roles)
    .filter((role) => Object.hasOwn(known, role))
    .flatMap((role) => roleFaults(document, role, roles, pointerTo(pointerTo(pointer, "roles"), role)));
}

function faultsOfOne(context: ScenarioContext): readonly Fault[] {
  const { document, scenario, pointer, roles } = context;
  const { fault } = scenario;
  const faultPointer = pointerTo(pointer, "fault");
  return [
    ...roleFaults(document, scenario.target, roles, pointerTo(pointer, "target")),
    ...windowFaults(context, scenario, pointer),
    ...latencyFaults(context),
    ...pauseFaults(context),
    ...changedRoleFaults(context),
    ...(isJsonObject(fault)
      ? [
          ...roleFaults(document, fault.target, roles, pointerTo(faultPointer, "target")),
          ...windowFaults(context, fault, faultPointer),
        ]
      : []),
  ];
}

function duplicateIds(document: JsonDocument, scenarios: readonly JsonValue[]): readonly Fault[] {
  const firstLines = new Map<string, number>();
  return scenarios.flatMap((scenario, index) => {
    const id = isJsonObject(scenario) ? scenario.id : undefined;
    if (typeof id !== "string") return [];
    const at = `/scenarios/${index}/id`;
    const firstLine = firstLines.get(id);
    if (firstLine !== undefined) {
      return [document.fault(at, { code: "duplicate-id", noun: "scenario", found: id, firstLine })];
    }
    firstLines.set(id, document.positionOf(at)?.line ?? 1);
    return [];
  });
}

/**
 * What the schema cannot say of scenarios: ids given twice, targets that are no role, windows outside of the run,
 * a change that changes nothing, and the faults of their own workloads.
 */
export function scenarioFaults(
  document: JsonDocument,
  problem: JsonObject,
  roles: readonly string[],
): readonly Fault[] {
  const scenarios = Array.isArray(problem.scenarios) ? (problem.scenarios as readonly JsonValue[]) : [];
  const base = isJsonObject(problem.workload) ? problem.workload : {};
  return [
    ...duplicateIds(document, scenarios),
    ...scenarios.flatMap((scenario, index) => {
      if (!isJsonObject(scenario)) return [];
      const pointer = `/scenarios/${index}`;
      const durationMs = numberIn(scenario.workload, "durationMs") ?? numberIn(base, "durationMs");
      return [
        ...faultsOfOne({ document, scenario, pointer, roles, durationMs }),
        ...workloadFaults(document, scenario.workload, base, pointerTo(pointer, "workload")),
      ];
    }),
  ];
}
