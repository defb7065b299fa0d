import type { JsonDocument } from "../document/document.js";
import type { Fault } from "../document/fault.js";
import { isJsonObject, numberIn } from "../document/json-schema.js";
import type { JsonObject, JsonValue } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";

function rateFaults(
  document: JsonDocument,
  workload: JsonObject,
  pointer: string,
  required: boolean,
): readonly Fault[] {
  const rate = Object.hasOwn(workload, "ratePerS");
  const profile = Object.hasOwn(workload, "profile");
  if (rate && profile) return [document.fault(pointerTo(pointer, "profile"), { code: "rate-ambiguous" }, "key")];
  return rate || profile || !required ? [] : [document.fault(pointer, { code: "rate-missing" })];
}

function orderFaults(document: JsonDocument, points: readonly JsonValue[], pointer: string): readonly Fault[] {
  let beforeMs = 0;
  return points.flatMap((point, index) => {
    const atMs = numberIn(point, "atMs");
    if (atMs === undefined) return [];
    if (atMs >= beforeMs) {
      beforeMs = atMs;
      return [];
    }
    const at = pointerTo(pointerTo(pointer, index), "atMs");
    return [document.fault(at, { code: "profile-unsorted", found: String(atMs), beforeMs })];
  });
}

function profileFaults(document: JsonDocument, workload: JsonObject, pointer: string): readonly Fault[] {
  const points = workload.profile;
  if (!Array.isArray(points) || points.length === 0) return [];
  const at = pointerTo(pointer, "profile");
  const rates = (points as readonly JsonValue[]).map((point) => numberIn(point, "ratePerS"));
  const silent = rates.every((rate) => rate === 0);
  return [...(silent ? [document.fault(at, { code: "rate-zero" })] : []), ...orderFaults(document, points, at)];
}

/** A warm-up that leaves nothing to measure; told where the field is that the scenario, if any, states itself. */
function warmupFaults(
  document: JsonDocument,
  workload: JsonObject,
  base: JsonObject,
  pointer: string,
): readonly Fault[] {
  const ownWarmup = numberIn(workload, "warmupMs");
  const ownDuration = numberIn(workload, "durationMs");
  const warmupMs = ownWarmup ?? numberIn(base, "warmupMs");
  const durationMs = ownDuration ?? numberIn(base, "durationMs");
  if (warmupMs === undefined || durationMs === undefined || warmupMs < durationMs) return [];
  if (ownWarmup === undefined && ownDuration === undefined) return [];
  const at = pointerTo(pointer, ownWarmup === undefined ? "durationMs" : "warmupMs");
  return [document.fault(at, { code: "warmup-too-long", found: String(warmupMs), durationMs })];
}

/** How often to send a request again, but never when; a scenario may take the time from the problem's client. */
function resubmitFaults(
  document: JsonDocument,
  workload: JsonObject,
  base: JsonObject,
  pointer: string,
): readonly Fault[] {
  const { client } = workload;
  if (!isJsonObject(client) || !Object.hasOwn(client, "resubmits")) return [];
  const times = [client, base.client].map((one) => numberIn(isJsonObject(one) ? one : {}, "resubmitMs"));
  if (times.some((timeMs) => timeMs !== undefined)) return [];
  return [document.fault(pointerTo(pointerTo(pointer, "client"), "resubmits"), { code: "resubmits-alone" }, "key")];
}

/**
 * What the schema cannot say of a workload.
 * @param base the problem's workload, from which a scenario's own takes what it does not state; null for the problem's
 */
export function workloadFaults(
  document: JsonDocument,
  workload: JsonValue | undefined,
  base: JsonObject | null,
  pointer: string,
): readonly Fault[] {
  if (!isJsonObject(workload)) return [];
  return [
    ...rateFaults(document, workload, pointer, base === null),
    ...profileFaults(document, workload, pointer),
    ...warmupFaults(document, workload, base ?? {}, pointer),
    ...resubmitFaults(document, workload, base ?? {}, pointer),
  ];
}
