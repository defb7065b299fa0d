import type { Observer } from "../sim/behaviour.js";
import { Reply } from "../sim/outcome.js";
import { Shown } from "./ground-truth.js";
import type { Role, RoleContext } from "./role.js";
import { ServedEffect } from "./served-effect.js";

/**
 * Shows buyers what became of their intents. It is right about one from the projection of its final state on; a success
 * that was projected before the system had recorded it is right from the record on.
 */
class ReadModel extends ServedEffect implements Observer {
  constructor(private readonly context: RoleContext) {
    super();
    context.truth.hasReadModel = true;
    context.engine.observers.add(this);
  }

  perform(call: number): boolean {
    const { engine } = this.context;
    const intent = engine.calls.intent[call]!;
    if (engine.intents.isFinal(intent)) this.show(intent);
    else this.context.truth.shownState[intent]! |= Shown.early;
    return true;
  }

  asked(call: number): void {
    const { engine, truth } = this.context;
    const shown = truth.shownState[engine.calls.intent[call]!]! & Shown.final;
    if (shown === 0) engine.calls.carried[call]! |= Reply.stale;
  }

  confirmed(intent: number): void {
    if ((this.context.truth.shownState[intent]! & Shown.early) !== 0) this.show(intent);
  }

  private show(intent: number): void {
    const { engine, truth } = this.context;
    if ((truth.shownState[intent]! & Shown.final) !== 0) return;
    truth.shownState[intent]! |= Shown.final;
    engine.observers.shown(intent);
  }
}

export const readModel: Role = {
  name: "read-model",
  operations: ["project"],
  external: false,
  create: (context) => new ReadModel(context),
};
