import { z } from "zod";

/** The append-only ledger of money movements has no parameters of its own. */
export const ledgerParameters = z.strictObject({});
