import { compensationComplete } from "./compensation-complete.js";
import { convergence } from "./convergence.js";
import { exactlyOnceDownstream } from "./exactly-once-downstream.js";
import type { Invariant } from "./invariant.js";
import { ledgerBalanced } from "./ledger-balanced.js";
import { noDoubleCharge } from "./no-double-charge.js";
import { noDoubleRefund } from "./no-double-refund.js";
import { noDuplicateOrder } from "./no-duplicate-order.js";
import { noLeak } from "./no-leak.js";
import { noLostCharge } from "./no-lost-charge.js";
import { noOversell } from "./no-oversell.js";
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
    ledgerBalanced,
    convergence,
    noDoubleRefund,
    compensationComplete,
    noOversell,
    noLeak,
    noRegression,
  ].map((invariant) => [invariant.id, invariant]),
);
