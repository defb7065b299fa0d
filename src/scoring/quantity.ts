/** Three significant digits below 100, whole numbers from there on; no trailing zeros. */
function significant(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** A number with thousands separators: `20,000`, `3.25`. Not `toLocaleString`: the text must not hang on the machine. */
export function formatCount(value: number): string {
  const [whole = "", fraction] = String(significant(value)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Milliseconds for a reader: `5.2 ms`, `21 ms`, `2.05 s`, `54.3 s`, `140 s`. */
export function formatDuration(ms: number): string {
  if (ms >= 999.5) return `${formatCount(ms / 1000)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${Number(ms.toPrecision(2))} ms`;
}

/** A share from 0 to 1 as a percentage: `0 %`, `0.15 %`, `33.1 %`, `99.97 %`. Only a whole 1 reads `100 %`, only 0 reads `0 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.005) return "<0.01 %";
  if (percent < 100 && percent >= 99.995) return ">99.99 %";
  const digits = percent >= 10 && percent < 99 ? 1 : 2;
  return `${Number(percent.toFixed(digits))} %`;
}

/** A rate per second: `0.5/s`, `28/s`, `1,200/s`. */
export function formatRate(perS: number): string {
  return `${formatCount(perS >= 10 ? Math.round(perS) : perS)}/s`;
}

/** US dollars: cents only below 100, where they are not nought: `$348`, `$30.70`, `$54`. */
export function formatUsd(usd: number): string {
  const cents = usd < 100 && !Number.isInteger(usd);
  return `$${cents ? usd.toFixed(2) : formatCount(usd)}`;
}
