/** A state that the program's own rules forbid: a defect of chini-bench, never of its input. The CLI exits 70 on it. */
export class ProgramFault extends Error {
  override readonly name = "ProgramFault";
}
