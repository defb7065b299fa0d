/** A fault planted in the engine, and the tests that ought to notice it. */
export interface Defect {
  /** What the engine then does wrong, in plain words. */
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files, or folders of them. */
  readonly tests: readonly string[];
}
