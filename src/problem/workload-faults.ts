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

/** A field of a part of the workload; what a scenario leaves out it takes from the problem's. */
function statedIn(workload: JsonObject, base: JsonObject, part: "client" | "cart", field: string): number | undefined {
  return numberIn(workload[part], field) ?? numberIn(base[part], field);
}

/** A second device that would send its request at the latest before it does at the earliest. */
function deviceFaults(
  document: JsonDocument,
  workload: JsonObject,
  base: JsonObject,
  pointer: string,
): readonly Fault[] {
  const startMs = statedIn(workload, base, "client", "secondDeviceFromMs") ?? 0;
  const endMs = statedIn(workload, base, "client", "secondDeviceToMs") ?? startMs;
  if (endMs >= startMs || !isJsonObject(workload.client)) return [];
  const own = Object.hasOwn(workload.client, "secondDeviceToMs") ? "secondDeviceToMs" : "secondDeviceFromMs";
  if (!Object.hasOwn(workload.client, own)) return [];
  const at = pointerTo(pointerTo(pointer, "client"), own);
  return [document.fault(at, { code: "window-empty", found: String(endMs), startMs })];
}

/** Carts of two different items, where there is one SKU. */
function cartFaults(document: JsonDocument, workload: JsonObject, base: JsonObject, pointer: string): readonly Fault[] {
  if (!isJsonObject(workload.cart)) return [];
  const skus = statedIn(workload, base, "cart", "skus") ?? 1;
  const twoItemShare = statedIn(workload, base, "cart", "twoItemShare") ?? 0;
  if (skus > 1 || twoItemShare === 0) return [];
  const own = Object.hasOwn(workload.cart, "twoItemShare") ? "twoItemShare" : "skus";
  if (!Object.hasOwn(workload.cart, own)) return [];
  const at = pointerTo(pointerTo(pointer, "cart"), own);
  const allowed = own === "skus" ? "2 or more where carts have two items" : "0 where there is one SKU";
  const found = own === "skus" ? skus : twoItemShare;
  return [document.fault(at, { code: "out-of-range", found: String(found), allowed: [allowed] })];
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
    ...deviceFaults(document, workload, base ?? {}, pointer),
    ...cartFaults(document, workload, base ?? {}, pointer),
  ];
}
