export { createExaminer, type Examination, type Examiner, type ExaminerOptions } from './examiner.ts'
export type { ProcessProgram, StopReason } from './examining-process.ts'
