import { numberParameter } from "../parameters.js";
import { formatCount, formatRate, formatShare } from "../quantity.js";
import { hasBreakerBefore } from "./loss-causes.js";
import { type Candidate, type CauseRule, type ObservedRun, type Station, waitedFor } from "./observed-run.js";
import { capacityPerS, counted, describeCapacity, describeFailing, failuresBegun } from "./wording.js";

/** `12,947 calls for 3,557 intents: failed 10,038 of 12,947 calls (unavailable 10,038); no circuitbreaker stops them`. */
export const repeatedCalls: CauseRule = (run) =>
  externals(run).map((station) => {
    const { component, measured } = station;
    const intents = counted(run.measurement.metrics.offered, "intent");
    const guarded = run.stations
      .filter((other) => run.model.entries.includes(other.component.index))
      .every((entry) => hasBreakerBefore(run, entry, station));
    const unguarded = guarded ? "" : "; no circuitbreaker stops them";
    const message = `${formatCount(measured.arrivals)} calls for ${intents}: ${describeFailing(run, station)}${unguarded}`;
    const mend = guarded ? {} : { mend: "one before it would" };
    return { component: component.id, message, ...mend, weight: measured.arrivals, final: true };
  });

/** `takes 100/s under 120/s in its busiest second: failed 900 of 9,000 calls (error 900)`. */
export const failingProvider: CauseRule = (run) =>
  externals(run).map((station) => {
    const message = `${describeCapacity(run, station)}: ${describeFailing(run, station)}`;
    return {
      component: station.component.id,
      message,
      ...mendRelease(run, station),
      weight: failuresBegun(station),
      final: true,
    };
  });

/** A queue that releases more than the provider takes. */
function mendRelease(run: ObservedRun, provider: Station): Pick<Candidate, "mend"> {
  const rate = capacityPerS(provider);
  const queue = run.stations.find(
    (station) => station.component.asynchronous && waitedFor(run, station).includes(provider),
  );
  const release = queue === undefined ? null : numberParameter(queue.component, "releaseRps");
  if (queue === undefined || rate === null || release === null || release <= rate) return {};
  return {
    mend: `with behavior.releaseRps below ${formatRate(rate).replace("/s", "")} at ${queue.component.id} they wait there`,
  };
}

/** `lets 10 % of the hostile calls through (detection 0.9)`. */
export const passedHostile: CauseRule = (run) =>
  run.stations.flatMap(({ component, measured }): readonly Candidate[] => {
    const detection = numberParameter(component, "detection");
    if (detection === null || component.mode !== "filter") return [];
    const message = `lets ${formatShare(1 - detection)} of the hostile calls through (detection ${detection})`;
    return [{ component: component.id, message, weight: measured.arrivals * (1 - detection), final: true }];
  });

/** `120/s hostile and clean calls, and no filter`: when nothing on the canvas stops hostile calls. */
export const noFilter: CauseRule = (run) => {
  if (run.stations.some(({ component }) => component.mode === "filter")) return [];
  return run.stations
    .filter((station) => run.model.entries.includes(station.component.index))
    .map(({ component, measured }) => ({
      component: component.id,
      message: `sends up to ${formatRate(measured.peakArrivalsPerS)} and no filter stands behind it`,
      weight: measured.arrivals,
      final: true,
    }));
};

function externals(run: ObservedRun): readonly Station[] {
  return run.stations.filter(({ component }) => component.external);
}
