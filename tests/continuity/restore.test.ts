import { execFileSync } from 'node:child_process'
import t from 'tap'
import { removeFolder, restoreYesterday } from '../support/continuity-scenario.ts'

t.test('a data folder that was copied while the server was down is put back: it does not sign', async (t) => {
  await restoreYesterday(t, {
    backUp: async (server, copy) => {
      await server.stop()
      execFileSync('cp', ['-a', server.dataFolder, copy])
    },
    putBack: (copy, dataFolder) => {
      removeFolder(dataFolder)
      execFileSync('cp', ['-a', copy, dataFolder])
    },
  })
})
