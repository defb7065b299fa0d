import type { Defect } from "./defect.js";

/** Defects of roles. */
export const roleDefects: readonly Defect[] = [
  {
    name: "the provider charges nothing when its reply is lost",
    file: "src/roles/payment-provider.ts",
    find: "      this.takeEffect(call, operation, Stored.done);\n      return this.reply(call, operation);",
    replace: `      this.results.store(call, Stored.forgotten);
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
    find: "  turnedAway(call: number): void {\n    this.results.store(call, Stored.forgotten);",
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
  {
    name: "a consumer does not know what it has applied",
    file: "src/roles/consumer.ts",
    find: "if (this.seen.isKnown(call, 0)) {",
    replace: "if (this.seen.isKnown(call, 0) && call < 0) {",
    tests: ["test/roles/downstream.test.ts"],
  },
  {
    name: "a read model never corrects what it was shown before the order was final",
    file: "src/roles/read-model.ts",
    find: "if ((this.context.truth.shownState[intent]! & Shown.early) !== 0) this.show(intent);",
    replace: "if ((this.context.truth.shownState[intent]! & Shown.early) === 0) return;",
    tests: ["test/roles/downstream.test.ts"],
  },
  {
    name: "a read model answers a poll with what it does not show yet",
    file: "src/roles/read-model.ts",
    find: "if (shown === 0) engine.calls.carried[call]! |= Reply.stale;",
    replace: "if (shown !== 0) engine.calls.carried[call]! |= Reply.none & Reply.stale;",
    tests: ["test/roles/downstream.test.ts", "test/scenarios/polls.test.ts"],
  },
  {
    name: "a reconciler never asks, but charges",
    file: "src/roles/reconciler.ts",
    find: "const query = this.parameters.query || (records.pursued[row]! & Pursued.replayed) !== 0;",
    replace: "const query = this.parameters.query && (records.pursued[row]! & Pursued.replayed) === 4;",
    tests: ["test/roles/reconciler.test.ts"],
  },
  {
    name: "a ledger knows an event by its key, whatever the operation",
    file: "src/roles/ledger.ts",
    find: "this.seen.isKnown(call, operation)",
    replace: "this.seen.isKnown(call, 0)",
    tests: ["test/roles/ledger.test.ts"],
  },
  {
    name: "the fee of a charge whose merchant is abroad leaves the exchange out",
    file: "src/roles/books.ts",
    find: "      if (!isAbroad) return;\n      this.home[intent]! += second;\n",
    replace: "      if (!isAbroad) return;\n",
    tests: ["test/roles/books.test.ts"],
  },
  {
    name: "the provider answers a refund with what is stored of the charge",
    file: "src/roles/stored-results.ts",
    find: "      if (this.operationOf(record) !== operation) continue;\n",
    replace: "",
    tests: ["test/roles/provider-operations.test.ts"],
  },
  {
    name: "a void gives back what another session of the cart has charged",
    file: "src/roles/stored-results.ts",
    find: " || records.lentKey[record] !== reference",
    replace: "",
    tests: ["test/roles/provider-operations.test.ts"],
  },
];
