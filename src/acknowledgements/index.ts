export { actRoutes } from './act-routes.ts'
export { assignmentRoutes } from './assignment-routes.ts'
export { deliveryJob, relayDeliveries, type DeliveryDeps } from './delivery-worker.ts'
