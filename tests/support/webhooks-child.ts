import { connectionTarget, openDatabase } from '#database'
import { runDueJobs } from '#jobs'
import { webhookJob } from '#webhooks'
import { testPlatform } from './platform.ts'

/** A worker in a process of its own, which a test kills: sends what is due on the database of its first argument, once. */
const database = openDatabase(connectionTarget(process.argv[2]!))
const platform = testPlatform()
await runDueJobs({ platform, database }, [
  webhookJob({ platform, database, egress: { allowLoopback: true } }),
])
await database.close()
