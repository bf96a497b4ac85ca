// Loaded before everything else by the npm scripts. Plain old JavaScript, because it has to run on the Node it refuses.
'use strict'

var major = Number(process.versions.node.split('.')[0])

if (major < 24) {
  console.error(
    'Beding needs Node 24 and this is Node ' +
      process.versions.node +
      ': run npm ci without --omit=optional (it brings Node 24 along), or install Node 24.',
  )
  process.exit(1)
}
