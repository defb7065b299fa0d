/** A schedule that comes for records which nobody finishes. */
export interface RecordSchedule {
  /** A record was opened. */
  recordOpened(): void;
}

/** Records of work that outlives its callers; those that are open stand in the order in which they were opened. */
export interface DurableWork {
  /** The open record that is the oldest; below 0 when there is none. */
  readonly oldest: number;
  /** The next younger open record; below 0 when there is none. */
  younger(record: number): number;
  /** When the record was opened, milliseconds. */
  openedMs(record: number): number;
  intentOf(record: number): number;
  itemOf(record: number): number;
  /** Adds a schedule that is told of every record that is opened. */
  addSchedule(schedule: RecordSchedule): void;
}
