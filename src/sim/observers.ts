import type { Observer } from "./behaviour.js";
import type { Outcome } from "./outcome.js";

type Hook = keyof Observer;
type Listener<H extends Hook> = Required<Pick<Observer, H>>;

/** Tells the observers of a run what happens, each only what it listens to. */
export class Observers implements Required<Observer> {
  private readonly onAccepted: Listener<"accepted">[] = [];
  private readonly onConfirmed: Listener<"confirmed">[] = [];
  private readonly onRefused: Listener<"refused">[] = [];
  private readonly onDeclined: Listener<"declined">[] = [];
  private readonly onAbandoned: Listener<"abandoned">[] = [];
  private readonly onSequenceOpened: Listener<"sequenceOpened">[] = [];
  private readonly onSequenceEnded: Listener<"sequenceEnded">[] = [];
  private readonly onSequenceUndoes: Listener<"sequenceUndoes">[] = [];
  private readonly onStepLeft: Listener<"stepLeft">[] = [];
  private readonly onRecordedFailed: Listener<"recordedFailed">[] = [];
  private readonly onClosing: Listener<"closing">[] = [];
  private readonly onResting: Listener<"resting">[] = [];
  private readonly onItemAccepted: Listener<"itemAccepted">[] = [];
  private readonly onDelivered: Listener<"delivered">[] = [];
  private readonly onItemSettled: Listener<"itemSettled">[] = [];
  private readonly onItemUnsure: Listener<"itemUnsure">[] = [];
  private readonly onItemLost: Listener<"itemLost">[] = [];
  private readonly onDisturbed: Listener<"disturbed">[] = [];
  private readonly onCrashed: Listener<"crashed">[] = [];
  private readonly onSkipped: Listener<"skipped">[] = [];
  private readonly onShown: Listener<"shown">[] = [];
  private readonly onSecondOver: Listener<"secondOver">[] = [];

  /** Adds an observer, behind those that are there. */
  add(observer: Observer): void {
    const listens = <H extends Hook>(hook: H, listeners: Listener<H>[]): void => {
      if (observer[hook] !== undefined) listeners.push(observer as Listener<H>);
    };
    listens("accepted", this.onAccepted);
    listens("confirmed", this.onConfirmed);
    listens("refused", this.onRefused);
    listens("declined", this.onDeclined);
    listens("abandoned", this.onAbandoned);
    listens("sequenceOpened", this.onSequenceOpened);
    listens("sequenceEnded", this.onSequenceEnded);
    listens("sequenceUndoes", this.onSequenceUndoes);
    listens("stepLeft", this.onStepLeft);
    listens("recordedFailed", this.onRecordedFailed);
    listens("closing", this.onClosing);
    listens("resting", this.onResting);
    listens("itemAccepted", this.onItemAccepted);
    listens("delivered", this.onDelivered);
    listens("itemSettled", this.onItemSettled);
    listens("itemUnsure", this.onItemUnsure);
    listens("itemLost", this.onItemLost);
    listens("disturbed", this.onDisturbed);
    listens("crashed", this.onCrashed);
    listens("skipped", this.onSkipped);
    listens("shown", this.onShown);
    listens("secondOver", this.onSecondOver);
  }

  accepted(intent: number): void {
    for (let i = 0; i < this.onAccepted.length; i++) this.onAccepted[i]!.accepted(intent);
  }

  confirmed(intent: number): void {
    for (let i = 0; i < this.onConfirmed.length; i++) this.onConfirmed[i]!.confirmed(intent);
  }

  refused(intent: number): void {
    for (let i = 0; i < this.onRefused.length; i++) this.onRefused[i]!.refused(intent);
  }

  declined(intent: number): void {
    for (let i = 0; i < this.onDeclined.length; i++) this.onDeclined[i]!.declined(intent);
  }

  abandoned(intent: number): void {
    for (let i = 0; i < this.onAbandoned.length; i++) this.onAbandoned[i]!.abandoned(intent);
  }

  sequenceOpened(intent: number): void {
    for (let i = 0; i < this.onSequenceOpened.length; i++) this.onSequenceOpened[i]!.sequenceOpened(intent);
  }

  sequenceEnded(intent: number, openedMs: number, endedMs: number): void {
    for (let i = 0; i < this.onSequenceEnded.length; i++) {
      this.onSequenceEnded[i]!.sequenceEnded(intent, openedMs, endedMs);
    }
  }

  sequenceUndoes(intent: number): void {
    for (let i = 0; i < this.onSequenceUndoes.length; i++) this.onSequenceUndoes[i]!.sequenceUndoes(intent);
  }

  stepLeft(intent: number): void {
    for (let i = 0; i < this.onStepLeft.length; i++) this.onStepLeft[i]!.stepLeft(intent);
  }

  recordedFailed(intent: number): void {
    for (let i = 0; i < this.onRecordedFailed.length; i++) this.onRecordedFailed[i]!.recordedFailed(intent);
  }

  closing(intent: number, atEnd: boolean): void {
    for (let i = 0; i < this.onClosing.length; i++) this.onClosing[i]!.closing(intent, atEnd);
  }

  resting(intent: number): void {
    for (let i = 0; i < this.onResting.length; i++) this.onResting[i]!.resting(intent);
  }

  itemAccepted(item: number): void {
    for (let i = 0; i < this.onItemAccepted.length; i++) this.onItemAccepted[i]!.itemAccepted(item);
  }

  delivered(item: number, delivery: number): void {
    for (let i = 0; i < this.onDelivered.length; i++) this.onDelivered[i]!.delivered(item, delivery);
  }

  itemSettled(item: number, outcome: Outcome, reply: number): void {
    for (let i = 0; i < this.onItemSettled.length; i++) this.onItemSettled[i]!.itemSettled(item, outcome, reply);
  }

  itemUnsure(item: number): void {
    for (let i = 0; i < this.onItemUnsure.length; i++) this.onItemUnsure[i]!.itemUnsure(item);
  }

  itemLost(item: number): void {
    for (let i = 0; i < this.onItemLost.length; i++) this.onItemLost[i]!.itemLost(item);
  }

  disturbed(intent: number): void {
    for (let i = 0; i < this.onDisturbed.length; i++) this.onDisturbed[i]!.disturbed(intent);
  }

  crashed(intent: number): void {
    for (let i = 0; i < this.onCrashed.length; i++) this.onCrashed[i]!.crashed(intent);
  }

  skipped(intent: number): void {
    for (let i = 0; i < this.onSkipped.length; i++) this.onSkipped[i]!.skipped(intent);
  }

  shown(intent: number): void {
    for (let i = 0; i < this.onShown.length; i++) this.onShown[i]!.shown(intent);
  }

  secondOver(atMs: number): void {
    for (let i = 0; i < this.onSecondOver.length; i++) this.onSecondOver[i]!.secondOver(atMs);
  }
}
