import { z } from "zod";

/** A lock has no parameters of the problem's; naming it makes the problem look for one. */
export const lockParameters = z.strictObject({});
