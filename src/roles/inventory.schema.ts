import { z } from "zod";

const units = z.int().min(0).max(1_000_000_000);

/**
 * What is in stock when the run begins: units of each SKU, and of the hot one (number 0; `unitsPerSku` when left out).
 * What neither says is there without limit.
 */
export const inventoryParameters = z.strictObject({
  unitsPerSku: units.optional(),
  hotUnits: units.optional(),
});
