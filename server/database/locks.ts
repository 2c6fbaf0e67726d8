/**
 * Advisory locks of the product, all in one place: two of one number would wait for each other. The numbers are arbitrary, but the same
 * in every process that works on the database.
 */
export const locks = {
  migration: 4_117_020,
  /** Writers of facts take turns, so revisions are known in the order of their numbers. */
  writers: 4_117_021,
  /** One run of the consistency rules at a time. */
  quality: 4_117_022,
  /** Only its holder sends mails. */
  senders: 4_117_023,
  /** Entries of the activity log: taken by the function `lock_log` (0024). */
  activities: 4_117_024,
  /** What happens by itself in the participation happens once. */
  participation: 4_117_025,
} as const
