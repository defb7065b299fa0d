/** What an entry is about, in the order in which `explain` lists them, with the heading of its group. */
export const kindHeadings = {
  metric: "Metrics",
  invariant: "Invariants",
  criterion: "Criteria",
  score: "Scores",
  verdict: "Verdicts",
  finding: "Findings about a canvas",
  role: "Roles",
  behaviour: "Behaviour modes",
  scenario: "Kinds of scenario",
  outcome: "Outcomes of a call",
  term: "Words of a report",
  fault: "Faults and warnings of a file",
} as const;

export type EntryKind = keyof typeof kindHeadings;

/** What the catalogue says of one thing; every text is plain prose, its code words between backticks. */
export interface EntryText {
  /** A few words, such as `Time to acceptance`. */
  readonly title: string;
  readonly meaning: string;
  /** The formula or the condition, as the code has it. */
  readonly computed: string;
  /** What to change where it is not as it should be. */
  readonly mend: string;
  /** A gate, or a piece of a file. */
  readonly example?: string;
  /** What its number counts. */
  readonly unit?: string;
  /** Ids of entries that belong to it. */
  readonly see?: readonly string[];
}

/** One entry of the catalogue. Two kinds may share an id: `unknown-role` is a finding and a fault. */
export interface Entry extends EntryText {
  readonly id: string;
  readonly kind: EntryKind;
}

/** The entries of one kind, in the order of their texts. */
export function entriesOf(kind: EntryKind, texts: Readonly<Record<string, EntryText>>): readonly Entry[] {
  return Object.entries(texts).map(([id, text]) => ({ id, kind, ...text }));
}
