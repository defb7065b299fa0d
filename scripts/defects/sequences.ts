import type { Defect } from "./defect.js";

/** Defects of durable sequences, of locks and of the stock. */
export const sequenceDefects: readonly Defect[] = [
  {
    name: "an owner that lost its record goes on as if nothing fenced it off",
    file: "src/components/saga-steps.ts",
    find: "    if (!this.parameters.fence) {",
    replace: "    if (this.parameters.fence) {",
    tests: ["test/components/saga-owners.test.ts"],
  },
  {
    name: "turning back leaves out the step whose outcome nobody knows",
    file: "src/components/saga-undo.ts",
    find: "return unknown || (log.kindOf(frame)",
    replace: "return (unknown && log.kindOf(frame) === SagaFrame.settle) || (log.kindOf(frame)",
    tests: ["test/components/saga.test.ts"],
  },
  {
    name: "what was unknown is not undone once more",
    file: "src/components/saga-undo.ts",
    find: "this.parameters.settleMs > 0 && this.unsettled(record)",
    replace: "this.parameters.settleMs < 0 && this.unsettled(record)",
    tests: ["test/components/saga.test.ts"],
  },
  {
    name: "a crashed owner's step is taken for one that was never tried",
    file: "src/components/saga.ts",
    find: "durable.unknown[record]! |= stepBit(durable.position[record]!);",
    replace: "durable.unknown[record]! &= ~stepBit(durable.position[record]!);",
    tests: ["test/components/saga-owners.test.ts"],
  },
  {
    name: "a record that is claimed anew keeps its key",
    file: "src/components/saga-log.ts",
    find: "      intents.itemKey[item] = intents.mintKey();\n",
    replace: "",
    tests: ["test/components/saga.test.ts"],
  },
  {
    name: "a sweeper takes what is open, however young",
    file: "src/roles/sweeper.ts",
    find: "left > 0 && record !== none && work.openedMs(record) + ageMs <= engine.now",
    replace: "left > 0 && record !== none && work.openedMs(record) <= engine.now + ageMs",
    tests: ["test/roles/sweeper.test.ts"],
  },
  {
    name: "a lock is held for ever",
    file: "src/roles/lock.ts",
    find: "this.leases.firstSinceMs + this.leaseMs <= engine.now",
    replace: "this.leases.firstSinceMs + this.leaseMs < 0",
    tests: ["test/roles/lock-cart.test.ts", "test/roles/lock-sku.test.ts"],
  },
  {
    name: "the stock commits a reservation that was given back",
    file: "src/roles/inventory.ts",
    find: "if (reservation === none || !engine.calls.has(call, CallFlag.unfenced)) {",
    replace: "if (reservation === none) {",
    tests: ["test/roles/inventory.test.ts"],
  },
  {
    name: "the stock's check-then-act reads what is there now",
    file: "src/roles/stock.ts",
    find: "    if (this.lagMs === 0) return this.free[sku]! > 0;\n",
    replace: "    if (this.lagMs >= 0) return this.free[sku]! > 0;\n",
    tests: ["test/roles/inventory.test.ts"],
  },
];
