import { convergence } from "./convergence.js";
import { exactlyOnceDownstream } from "./exactly-once-downstream.js";
import type { Invariant } from "./invariant.js";
import { noDoubleCharge } from "./no-double-charge.js";
import { noDuplicateOrder } from "./no-duplicate-order.js";
import { noLostCharge } from "./no-lost-charge.js";
import { noPhantomSuccess } from "./no-phantom-success.js";
import { noRegression } from "./no-regression.js";
import { nothingStuck } from "./nothing-stuck.js";

/** Every invariant, by id. */
export const invariants: ReadonlyMap<string, Invariant> = new Map(
  [
    noDoubleCharge,
    noDuplicateOrder,
    noLostCharge,
    noPhantomSuccess,
    nothingStuck,
    exactlyOnceDownstream,
    convergence,
    noRegression,
  ].map((invariant) => [invariant.id, invariant]),
);
