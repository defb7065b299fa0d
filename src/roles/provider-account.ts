import { none } from "../sim/calls.js";
import type { GroundTruth } from "./ground-truth.js";

/** A payment provider's operations, the default first. A connection names them; their order is their code. */
export const operationNames = ["charge", "query", "void", "authorise", "capture", "refund"] as const;

export const Operation = { charge: 0, query: 1, void: 2, authorise: 3, capture: 4, refund: 5 } as const;

/** How each operation reads in a trace, by code. */
interface Words {
  readonly effect: string;
  readonly stands: string;
  readonly found: string;
  readonly absent: string;
}

const chargeWords: Words = {
  effect: "charge captured",
  stands: "key known: the charge stands",
  found: "query: charged",
  absent: "query: no charge",
};
const words: readonly Words[] = [
  chargeWords,
  chargeWords,
  chargeWords,
  {
    effect: "authorised",
    stands: "key known: the authorisation stands",
    found: "query: authorised",
    absent: "query: no authorisation",
  },
  { ...chargeWords, effect: "authorisation captured", stands: "key known: the capture stands" },
  { effect: "refunded", stands: "key known: the refund stands", found: "query: refunded", absent: "query: no refund" },
];

export function wordsOf(operation: number): Words {
  return words[operation] ?? chargeWords;
}

/** Whether an operation's effect is a live charge. */
export function takesMoney(operation: number): boolean {
  return operation !== Operation.authorise && operation !== Operation.refund;
}

/**
 * One provider's ledger: what it took, put aside and gave back, by intent. A charge takes the money at once; an
 * authorisation puts it aside until it is captured or voided; a refund gives back a part of what was taken.
 */
export class Account {
  private readonly provider: number;

  constructor(private readonly truth: GroundTruth) {
    this.provider = truth.addProvider();
  }

  /** Whether there is what the operation needs: a hold to capture, a charge to refund. */
  allows(intent: number, operation: number): boolean {
    if (operation === Operation.capture) return this.truth.holdsAt(intent, this.provider) > 0;
    return operation !== Operation.refund || this.truth.chargesAt(intent, this.provider) > 0;
  }

  /** Whether the effect of an operation stands: a captured authorisation is one still. */
  stands(intent: number, operation: number): boolean {
    const { truth, provider } = this;
    if (operation === Operation.refund) return truth.refundsAt(intent, provider) > 0;
    if (truth.chargesAt(intent, provider) > 0) return true;
    return operation === Operation.authorise && truth.holdsAt(intent, provider) > 0;
  }

  /** Writes the effect of an operation that the ledger allows. */
  write(intent: number, operation: number): void {
    const { truth, provider } = this;
    if (operation === Operation.authorise) truth.authorise(intent, provider);
    else if (operation === Operation.capture) truth.capture(intent, provider);
    else if (operation === Operation.refund) truth.refund(intent, provider);
    else truth.charge(intent, provider);
  }

  /** What stands of an operation afterwards, for a trace. */
  describe(intent: number, operation: number): string {
    const { liveCharges, holds, refunds } = this.truth;
    if (operation === Operation.authorise) return `${holds[intent]} held for this intent`;
    if (operation === Operation.refund) return `${refunds[intent]} for this intent`;
    return `${liveCharges[intent]} live for this intent`;
  }

  /** Whether an operation left something that can be given back: an authorisation that is captured is a charge. */
  mayVoid(intent: number, operation: number): boolean {
    if (operation === Operation.authorise) return this.truth.holdsAt(intent, this.provider) > 0;
    return takesMoney(operation) && this.truth.chargesAt(intent, this.provider) > 0;
  }

  /** Gives back what an operation left that {@link mayVoid} allows, {@link none} for nothing; says what. */
  void(intent: number, operation: number): "authorisation voided" | "charge voided" | "nothing to void" {
    const { truth, provider } = this;
    if (operation === none) return "nothing to void";
    if (operation === Operation.authorise) {
      truth.release(intent, provider);
      return "authorisation voided";
    }
    truth.void(intent, provider);
    return "charge voided";
  }
}
