import type { Defect } from "./defect.js";

/** Defects of the kernel. */
export const kernelDefects: readonly Defect[] = [
  {
    name: "events of one time come in the order of the heap",
    file: "src/sim/event-queue.ts",
    find: "if (childTime < leastTime || (childTime === leastTime && sequences[child]! < sequences[least]!)) {",
    replace: "if (childTime < leastTime) {",
    tests: ["test/sim/event-queue.test.ts", "test/sim/timer-lane.test.ts"],
  },
  {
    name: "service times and errors of a component draw the same numbers",
    file: "src/sim/random.ts",
    find: "JSON.stringify([this.seed, this.scope, name])",
    replace: 'JSON.stringify([this.seed, this.scope, name.split("/")[0]])',
    tests: ["test/sim/engine.test.ts"],
  },
  {
    name: "a station's waiting line is served last in, first out",
    file: "src/sim/service.ts",
    find: `    if (station.lastWaiting === none) station.firstWaiting = call;
    else calls.nextWaiting[station.lastWaiting] = call;
    station.lastWaiting = call;`,
    replace: `    if (station.lastWaiting === none) station.lastWaiting = call;
    calls.nextWaiting[call] = station.firstWaiting;
    station.firstWaiting = call;`,
    tests: ["test/sim/overload.test.ts", "test/sim/closed-forms.test.ts"],
  },
  {
    name: "a waiting room holds one call more than its limit",
    file: "src/sim/service.ts",
    find: "station.line.waiting < station.spec.queueLimit",
    replace: "station.line.waiting <= station.spec.queueLimit",
    tests: ["test/sim/overload.test.ts"],
  },
  {
    name: "an active component frees its slot while it waits for what it called",
    file: "src/sim/service.ts",
    find: "    if (!station.spec.active) this.leaveServed(call, station);",
    replace: `    if (station.spec.active) this.leaveSlot(call, station);
    else this.leaveServed(call, station);`,
    tests: ["test/sim/slots.test.ts"],
  },
  {
    name: "all attempts of an item have the same luck with errors",
    file: "src/sim/service.ts",
    find: "station.spec.errors.next() < errorRate",
    replace: "(this.engine.intents.itemKey[this.engine.calls.item[call]!]! * 0.6180339887) % 1 < errorRate",
    tests: ["test/components/retry.test.ts", "test/sim/overload.test.ts"],
  },
  {
    name: "a call below an expired retry is served without its effect",
    file: "src/sim/service.ts",
    find: "if (effect !== null && !effect.perform(call)) return;",
    replace: "if (effect !== null && !this.engine.calls.has(call, CallFlag.orphan) && !effect.perform(call)) return;",
    tests: ["test/sim/giving-up.test.ts"],
  },
  {
    name: "a call below an expired retry goes on to the next component",
    file: "src/sim/service.ts",
    find: "if (this.engine.calls.has(call, CallFlag.orphan)) {",
    replace: "if (this.engine.calls.has(call, CallFlag.orphan) && station.spec.success.length === 0) {",
    tests: ["test/sim/giving-up.test.ts"],
  },
  {
    name: "a slot waits for ever for a lost call",
    file: "src/sim/frames.ts",
    find: "    this.freeUpward(frame);",
    replace: "",
    tests: ["test/sim/slots.test.ts"],
  },
  {
    name: "a failure edge is taken after a conflict too",
    file: "src/sim/frames.ts",
    find: "isFailure(outcome) && outcome !== Outcome.conflict && this.mayTurnTo(call)",
    replace: "isFailure(outcome) && this.mayTurnTo(call)",
    tests: ["test/sim/ways.test.ts"],
  },
  {
    name: "a sequence of edges goes on after a failure",
    file: "src/sim/routes.ts",
    find: "if (outcome !== Outcome.ok) {",
    replace: "if (outcome !== Outcome.ok && (!active || success.length < 2)) {",
    tests: ["test/sim/ways.test.ts"],
  },
  {
    name: "a crash tells nothing to the breaker that it strikes",
    file: "src/sim/frames.ts",
    find: "    engine.stationOf(frame).behaviour.expired(frame);\n    this.lose(frame);",
    replace: "    this.lose(frame);",
    tests: ["test/scenarios/fault-kinds.test.ts"],
  },
  {
    name: "a poll keeps its intent open",
    file: "src/sim/engine.ts",
    find: `      this.intents.follow(intent);
    } else this.intents.references[intent]!++;
    return call;
  }

  /** Gives a call's record back; the intent closes with the last one that kept it open. */
  releaseCall(call: number): void {
    const intent = this.calls.intent[call]!;
    this.calls.release(call);
    if (this.calls.has(call, CallFlag.poll)) this.intents.unfollow(intent);
    else this.letGo(intent);`,
    replace: `    }
    this.intents.references[intent]!++;
    return call;
  }

  releaseCall(call: number): void {
    const intent = this.calls.intent[call]!;
    this.calls.release(call);
    this.letGo(intent);`,
    tests: ["test/scenarios/polls.test.ts"],
  },
  {
    name: "the error curve rises in a straight line between 80 % and 100 %",
    file: "src/sim/station.ts",
    find: "return 0.1 * x * Math.sqrt(x);",
    replace: "return 0.1 * x;",
    tests: ["test/scenarios/runs.test.ts"],
  },
  {
    name: "what only passes calls on asks for the default operation",
    file: "src/sim/engine.ts",
    find: "edge.operation === inherited ? this.calls.operation[call]! : edge.operation",
    replace: "edge.operation === inherited ? 0 & this.calls.operation[call]! : edge.operation",
    tests: ["test/roles/inherited-operations.test.ts"],
  },
  {
    name: "messages in a queue count as calls in flight",
    file: "src/sim/calls.ts",
    find: "this.live - this.messages > most",
    replace: "this.live > most",
    tests: ["test/sim/engine.test.ts"],
  },
];
