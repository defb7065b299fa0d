/** What a set of pending events must do to be compared: {@link EventQueue} does. */
export interface PendingEvents {
  /** Time of the event that {@link pop} took last. */
  readonly time: number;
  push(time: number, payload: number): void;
  pop(): number;
}
