export {
  redeemCode,
  requestOwnCode,
  requestSignInCode,
  type RedeemedCode,
  type RequestedCode,
} from './code-actions.ts'
export { localOutboxChannel, smtpChannel, type Mail, type MailChannel } from './mail-channel.ts'
export {
  lockMailboxes,
  readMailboxes,
  removePrivateMailbox,
  savePrivateMailbox,
  type PersonMailboxes,
  type PrivateMailbox,
} from './mailbox-store.ts'
export { noticeJob, relayNotices, type NoticeDeps } from './notice-job.ts'
export { queueNotice, queueNoticeEverywhere } from './notice-store.ts'
export type { Mailbox, NewNotice, NoticeFacts, NoticeKind } from './notice.ts'
