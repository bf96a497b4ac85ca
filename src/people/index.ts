export { personRoutes } from './person-routes.ts'
export { getPerson, listPersons } from './person-store.ts'
export { displayName, type Language, type Person } from './person.ts'
