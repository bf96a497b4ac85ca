/** After this long a delivery that is still queued is given up, however few attempts it had. */
export const giveUpAfter_ms = 4 * 86_400_000
