import seedrandom from "seedrandom";

/** A stream of numbers, uniform on [0, 1). */
export type Stream = () => number;

/**
 * Gives one independent stream per purpose. The same (seed, scope, name) is always the same stream, so two
 * designs meet the same buyers at the same instants.
 * Alea keeps a few bytes and makes a number in about 7 ns; the library's default keeps 3.6 kB per stream.
 */
export class RandomStreams {
  constructor(
    private readonly seed: number,
    private readonly scope: string,
  ) {}

  stream(name: string): Stream {
    return seedrandom.alea(JSON.stringify([this.seed, this.scope, name])) as Stream;
  }
}
