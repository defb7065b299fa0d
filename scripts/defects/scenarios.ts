import type { Defect } from "./defect.js";

/** Defects of scenarios and what they are compiled to. */
export const scenarioDefects: readonly Defect[] = [
  {
    name: "a client that gives up stops what is below it",
    file: "src/scenarios/client.ts",
    find: "    engine.frames.freeLost(frame);",
    replace: "    engine.frames.giveUp(frame);\n    engine.releaseCall(frame);",
    tests: ["test/sim/giving-up.test.ts", "test/scenarios/client.test.ts"],
  },
  {
    name: "a client retries once too few",
    file: "src/scenarios/client.ts",
    find: "if (tries > (this.spec.retries ?? 0)) {",
    replace: "if (tries >= (this.spec.retries ?? 0)) {",
    tests: ["test/scenarios/client.test.ts"],
  },
  {
    name: "Poisson arrivals are thinned by the rate at the arrival before",
    file: "src/scenarios/arrivals.ts",
    find: "below < rate.at(next)",
    replace: "below < rate.at(into[i - 1] ?? 0)",
    tests: ["test/scenarios/arrivals.test.ts"],
  },
  {
    name: "a late answer counts although the client has gone",
    file: "src/scenarios/client.ts",
    find: "engine.knowledge.settleLate(calls.item[frame]!, outcome, reply);",
    replace: "engine.knowledge.settle(frame, outcome, reply);",
    tests: ["test/roles/guard.test.ts"],
  },
  {
    name: "health takes what is accepted for what is delivered",
    file: "src/scenarios/recorder.ts",
    find: "if (inTime && !broken && intents.is(intent, IntentFlag.confirmed))",
    replace: "if (inTime && !broken)",
    tests: ["test/scenarios/runs.test.ts"],
  },
  {
    name: "the backlog keeps what was accepted and then lost",
    file: "src/scenarios/recorder.ts",
    find: "      this.waiting--;\n      this.failures.total++;",
    replace: "      this.failures.total++;",
    tests: ["test/scenarios/runs.test.ts"],
  },
  {
    name: "slots that a brownout gives back stay empty until the next call leaves",
    file: "src/scenarios/faults.ts",
    find: "  station.curveFactor = capacityFactor;\n  engine.service.callUp(station);",
    replace: "  station.curveFactor = capacityFactor;",
    tests: ["test/scenarios/fault-kinds.test.ts"],
  },
  {
    name: "what waits at a component that goes silent is not lost",
    file: "src/scenarios/faults.ts",
    find: "  engine.service.loseWaiting(target.station);\n",
    replace: '  if (availability === "failfast") engine.service.loseWaiting(target.station);\n',
    tests: ["test/roles/provider-capacity.test.ts"],
  },
  {
    name: "a relay forgets an event that was refused",
    file: "src/scenarios/event-relay.ts",
    find: "if (isFailure(outcome)) this.engine.sleep(event, refusedWaitMs);",
    replace: "if (isFailure(outcome) && event < 0) this.engine.sleep(event, refusedWaitMs);",
    tests: ["test/roles/downstream.test.ts"],
  },
  {
    name: "a client sends its request again with another key",
    file: "src/scenarios/client.ts",
    find: "    this.request(this.takeFrame(intent, sentOnce));",
    replace: `    this.engine.intents.clientKey[intent] = this.engine.intents.mintKey();
    this.request(this.takeFrame(intent, sentOnce));`,
    tests: ["test/scenarios/resubmission.test.ts"],
  },
  {
    name: "an autoscaler goes beyond its max",
    file: "src/scenarios/autoscaler.ts",
    find: "Math.min(max, Math.max(min, Math.ceil(meanBusy / targetUtilization - rounding)))",
    replace: "Math.max(min, Math.min(max * max, Math.ceil(meanBusy / targetUtilization - rounding)))",
    tests: ["test/scenarios/autoscaler.test.ts"],
  },
  {
    name: "a scenario that changes a role forgets the parameters that it does not state",
    file: "src/compile/scenario-roles.ts",
    find: "[role, { ...usual, ...own, ...second }]",
    replace: "[role, { ...own, ...second }]",
    tests: ["test/compile/scenario-roles.test.ts"],
  },
];
