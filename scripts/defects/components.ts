import type { Defect } from "./defect.js";

/** Defects of behaviour modes. */
export const modeDefects: readonly Defect[] = [
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
  {
    name: "a message forgets the operation that was asked for",
    file: "src/components/mailbox.ts",
    find: "calls.intent[call]!, item, calls.operation[call]!);",
    replace: "calls.intent[call]!, item, 0);",
    tests: ["test/roles/inherited-operations.test.ts"],
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
];
