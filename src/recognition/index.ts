export { createDocumentExaminer, type DocumentExaminer } from './document-examiner.ts'
export { recognitionRoutes } from './recognition-routes.ts'
