import { modeDefects } from "./defects/components.js";
import type { Defect } from "./defects/defect.js";
import { roleDefects } from "./defects/roles.js";
import { scenarioDefects } from "./defects/scenarios.js";
import { kernelDefects } from "./defects/sim.js";

/** Defects that compile and let a run finish: figures and mechanisms must show them, not a crash. */
<<<<<<< HEAD
export const defects: readonly Defect[] = [
  // --- the kernel ---
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
  // --- behaviour modes ---
  {
    name: "a breaker opens above its threshold only",
    file: "src/components/circuitbreaker.ts",
    find: "this.recorded >= Math.min(minCalls, window) && this.failed / this.recorded >= failureThreshold",
    replace: "this.recorded >= Math.min(minCalls, window) && this.failed / this.recorded > failureThreshold",
    tests: ["test/components/circuitbreaker.test.ts"],
  },
  {
    name: "a breaker counts a conflict as a failure",
    file: "src/components/circuitbreaker.ts",
    find: "    case Outcome.timeout:\n",
    replace: "    case Outcome.timeout:\n    case Outcome.conflict:\n",
    tests: ["test/components/circuitbreaker.test.ts"],
  },
  {
    name: "the lease of a half-open breaker's probe never ends",
    file: "src/components/circuitbreaker.ts",
    find: "this.leases[probe]! <= now",
    replace: "now === Number.POSITIVE_INFINITY",
    tests: ["test/components/circuitbreaker-half-open.test.ts"],
  },
  {
    name: "a conflict uses up an attempt of the retry",
    file: "src/components/retry.ts",
    find: `    if (outcome === Outcome.conflict && calls.conflicts[frame]! < maxConflicts) {
      calls.conflicts[frame]!++;`,
    replace: `    if (outcome === Outcome.conflict && calls.conflicts[frame]! < maxConflicts) {
      calls.mark[frame]!++;`,
    tests: ["test/components/retry.test.ts"],
  },
  {
    name: "a message whose visibility timeout passes has not used a delivery",
    file: "src/components/queue.ts",
    find: "    this.ended(message, Outcome.timeout, Reply.none);",
    replace: "    engine.calls.mark[message]!--;\n    this.ended(message, Outcome.timeout, Reply.none);",
    tests: ["test/components/queue-redelivery.test.ts"],
  },
  {
    name: "a redelivered message gets a new item key",
    file: "src/components/queue.ts",
    find: "    engine.routes.begin(message, this.station);",
    replace: `    if (delivery > 1) engine.intents.itemKey[engine.calls.item[message]!] = engine.intents.mintKey();
    engine.routes.begin(message, this.station);`,
    tests: ["test/components/queue-redelivery.test.ts"],
  },
  {
    name: "a queue saves up its release rate while it is idle",
    file: "src/components/queue.ts",
    find: "this.nextReleaseMs = engine.now + this.spacingMs;",
    replace: "this.nextReleaseMs += this.spacingMs;",
    tests: ["test/components/queue.test.ts"],
  },
  {
    name: "a dead letter counts as delivered",
    file: "src/components/queue.ts",
    find: "engine.stations[deadLetter[0]!.to]!.spec.success.length === 0",
    replace: "engine.stations[deadLetter[0]!.to]!.spec.success.length > 0",
    tests: ["test/components/queue-redelivery.test.ts"],
  },
  {
    name: "a token bucket refills twice as fast",
    file: "src/components/ratelimit.ts",
    find: "* rps) / 1000",
    replace: "* rps) / 500",
    tests: ["test/components/ratelimit.test.ts"],
  },
  // --- roles ---
  {
    name: "the provider charges nothing when its reply is lost",
    file: "src/roles/payment-provider.ts",
    find: "      this.takeEffect(call, operation, Stored.done);\n      return this.reply(call, operation);",
    replace: `      this.store(call, Stored.forgotten);
      if (!this.reply(call, operation)) return false;
      this.takeEffect(call, operation, Stored.done);
      return true;`,
    tests: ["test/roles/payment-provider.test.ts", "test/roles/ambiguous-reply.test.ts"],
  },
  {
    name: "the provider stores a 503 under its key",
    file: "src/roles/payment-provider.ts",
    find: "this.endWithout(call, Outcome.unavailable, Stored.forgotten);",
    replace: "this.endWithout(call, Outcome.unavailable, Stored.error);",
    tests: ["test/roles/payment-provider.test.ts"],
  },
  {
    name: "the provider keeps the key of a call that it turned away",
    file: "src/roles/payment-provider.ts",
    find: "  turnedAway(call: number): void {\n    this.store(call, Stored.forgotten);",
    replace: "  turnedAway(call: number): void {",
    tests: ["test/roles/provider-capacity.test.ts"],
  },
  {
    name: "an answer that comes too late counts as no hazard",
    file: "src/roles/payment-provider.ts",
    find: "    if (orphan) this.unlearned(call, operation);\n",
    replace: "",
    tests: ["test/invariants/invariants.test.ts"],
  },
  {
    name: "the provider answers a refund with what is stored of the charge",
    file: "src/roles/payment-provider.ts",
    find: "      if (state >> storedBits !== operation) continue;\n",
    replace: "",
    tests: ["test/roles/provider-operations.test.ts"],
  },
  {
    name: "a breaker diverts what it has sent and got no answer for",
    file: "src/components/failover.ts",
    find: "    records.state[record] = way;\n",
    replace: "",
    tests: ["test/components/failover.test.ts"],
  },
  {
    name: "a breaker takes a refusal for one of all attempts before it",
    file: "src/components/failover.ts",
    find: "records.sent[record] === 0 && intents.itemUnsure[calls.item[call]!] === 0;",
    replace: "intents !== null;",
    tests: ["test/components/failover.test.ts"],
  },
  {
    name: "a guard's check-then-act sees a row at once",
    file: "src/roles/guard.ts",
    find: "records.writtenMs[row]! + this.lagMs <= engine.now",
    replace: "records.writtenMs[row]! <= engine.now + this.lagMs",
    tests: ["test/roles/guard.test.ts"],
  },
  {
    name: "a guard's row is free again although an effect is possible",
    file: "src/roles/guard.ts",
    find: "intents.itemUnsure[item] === 0 && intents.itemMessages[item] === 0",
    replace: "intents.itemMessages[item] === 0",
    tests: ["test/roles/guard.test.ts"],
  },
  {
    name: "a guard's accepted row answers as if the charge were done",
    file: "src/roles/guard.ts",
    find: "this.records.state[row] === Row.done ? Reply.goal : Reply.none",
    replace: "this.records.state[row]! >= Row.accepted ? Reply.goal : Reply.none",
    tests: ["test/roles/guard.test.ts"],
  },
  {
    name: "a guard does not write a late ok into its row",
    file: "src/roles/guard.ts",
    find: "        this.engine.knowledge.learn(intents.itemIntent[item]!);\n",
    replace: "",
    tests: ["test/roles/guard.test.ts"],
  },
  // --- scenarios ---
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
];
=======
export const defects: readonly Defect[] = [...kernelDefects, ...modeDefects, ...roleDefects, ...scenarioDefects];
>>>>>>> scale
