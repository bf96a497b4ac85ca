// The program of a thread that checks the file of one dossier and ends: a large one takes seconds of a whole core.
import { parentPort, workerData } from 'node:worker_threads'
import { readTrust, verifyFile } from '#verification'
import type { CheckOrder } from './report-checks.ts'

const { bytes, trust } = workerData as CheckOrder
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort!.postMessage(verifyFile(bytes, 'dossier.zip', readTrust(trust)).checks)
