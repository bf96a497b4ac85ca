// A real pg_basebackup of Debian's PostgreSQL 15 while the server is up. Not part of `npm test`.
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import t from 'tap'
import { removeFolder, restoreYesterday } from '../support/continuity-scenario.ts'

const debian = '/usr/lib/postgresql/15'
const skip =
  !existsSync(`${debian}/bin/pg_basebackup`) && 'pg_basebackup of PostgreSQL 15 is not on this machine'

t.test(
  'the backup that pg_basebackup made yesterday is put back: the ledger does not sign',
  { skip },
  async (t) => {
    await restoreYesterday(t, {
      options: { binaries: { folder: debian, major: 15 } },
      backUp: async ({ target, dataFolder }, copy) => {
        const owner = statSync(dataFolder)
        mkdirSync(copy, { mode: 0o700 })
        chownSync(copy, owner.uid, owner.gid)
        const server = ['-h', String(target.host), '-p', String(target.port), '-U', String(target.user)]
        execFileSync(`${debian}/bin/pg_basebackup`, [...server, '-D', copy, '-X', 'stream', '-c', 'fast'], {
          env: { PATH: process.env['PATH'], PGPASSWORD: String(target.password) },
        })
        execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy])
      },
      putBack: (copy, dataFolder) => {
        removeFolder(dataFolder)
        execFileSync('cp', ['-a', copy, dataFolder])
      },
    })
  },
)
