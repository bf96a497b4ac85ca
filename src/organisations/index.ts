export {
  findOrganisation,
  getOrganisation,
  insertOrganisation,
  type Organisation,
} from './organisation-store.ts'
