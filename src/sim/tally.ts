const octaveBits = 8;
/** 2^-20 ms (one nanosecond) and less share the first bucket; 2^44 ms is 557 years. */
const lowestExponent = -20;
const octaves = 64;
const bucketShift = 20 - octaveBits;
const firstBucket = (1023 + lowestExponent) << octaveBits;
const bucketCount = octaves << octaveBits;
const asFloat = new Float64Array(1);
const asBits = new Uint32Array(asFloat.buffer);
/** Typed arrays follow the machine's byte order; the sign and exponent stand in the high word. */
const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * Count, mean, maximum and quantiles of non-negative values, in constant memory.
 * Mean and maximum are exact. A quantile comes from a histogram with 256 buckets per power of two,
 * found from the float's own bits: its relative error is at most 1/512 (0.2 %).
 */
export class Tally {
  private readonly buckets = new Uint32Array(bucketCount);
  private zeros = 0;
  count = 0;
  sum = 0;
  max = 0;

  /** The value that {@link record} records. */
  value = 0;

  /** Records {@link value}. */
  record(): void {
    const { value } = this;
    this.count++;
    if (value <= 0) {
      this.zeros++;
      return;
    }
    this.sum += value;
    if (value > this.max) this.max = value;
    asFloat[0] = value;
    const bucket = (asBits[highWord]! >>> bucketShift) - firstBucket;
    if (bucket < 0) this.zeros++;
    else this.buckets[bucket < bucketCount ? bucket : bucketCount - 1]!++;
  }

  /** Mean of the values; null when there are none. */
  mean(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }

  /** The value below which the share `p` (0 to 1) of the values lies; null when there are none. */
  quantile(p: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(p * this.count));
    let seen = this.zeros;
    if (rank <= seen) return 0;
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      seen += this.buckets[bucket]!;
      if (seen >= rank) return Math.min(this.max, middleOf(bucket));
    }
    return this.max;
  }

  /**
   * How many values lie in [bounds[i], bounds[i + 1]), to the histogram's own precision; what lies outside is in the first
   * or the last.
   * @param bounds ascending, at least two
   */
  countsWithin(bounds: readonly number[]): number[] {
    const counts = new Array<number>(bounds.length - 1).fill(0);
    counts[0] = this.zeros;
    let bin = 0;
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const inside = this.buckets[bucket]!;
      if (inside === 0) continue;
      const value = Math.min(this.max, middleOf(bucket));
      while (bin < counts.length - 1 && value >= bounds[bin + 1]!) bin++;
      counts[bin]! += inside;
    }
    return counts;
  }

  reset(): void {
    this.buckets.fill(0);
    this.zeros = 0;
    this.count = 0;
    this.sum = 0;
    this.max = 0;
  }
}

function middleOf(bucket: number): number {
  asFloat[0] = 0;
  asBits[highWord] = (bucket + firstBucket) << bucketShift;
  const low = asFloat[0];
  asBits[highWord] = (bucket + 1 + firstBucket) << bucketShift;
  return (low + asFloat[0]) / 2;
}
