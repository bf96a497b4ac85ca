import { answerFrame, Collected, questionHead_bytes } from './frames.ts'

/** One look at a file, at once or later. What it throws ends the process, and is the answer to that file only. */
export type Examining = (question: unknown, bytes: Buffer) => unknown

/**
 * The body of an examining process: answers the questions that come in on standard input, one after the other, until it
 * ends. Nothing else may be written to standard output.
 */
export function serveExaminations(examine: Examining): void {
  const collected = new Collected()
  // How much is wanted before it is worth looking again: a large file is joined once and not with every part of it.
  let wanted = questionHead_bytes
  process.stdin.on('data', (part: Buffer) => {
    collected.add(part)
    while (collected.length >= wanted) {
      const head = collected.peek(questionHead_bytes)
      const [questionLength, fileLength] = [head.readUInt32BE(0), head.readUInt32BE(4)]
      wanted = questionHead_bytes + questionLength + fileLength
      if (collected.length < wanted) return
      collected.take(questionHead_bytes)
      const question: unknown = JSON.parse(collected.take(questionLength).toString('utf8'))
      // One question at a time: nothing more comes in before this is answered. What is thrown later ends the process too.
      const answer = examine(question, collected.take(fileLength))
      if (answer instanceof Promise) void answer.then((later) => process.stdout.write(answerFrame(later)))
      else process.stdout.write(answerFrame(answer))
      wanted = questionHead_bytes
    }
  })
}
