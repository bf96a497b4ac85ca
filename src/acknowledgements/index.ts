export { actRoutes } from './act-routes.ts'
export { assignmentRoutes } from './assignment-routes.ts'
export { localOutboxChannel, smtpChannel, type DeliveryChannel } from './delivery-channel.ts'
export { deliveryJob, relayDeliveries, type DeliveryDeps } from './delivery-worker.ts'
