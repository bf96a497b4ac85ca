import type { NoticeTexts } from './notice-text.ts'

const notYou =
  'Was this not you? Then sign in and look at ‘My account’. Also tell somebody you trust outside your HR department.'

const never = 'Give this code to nobody, not even to your employer. None of us will ever ask for it.'

/** B1: short sentences, plain words, what happened and what you can do. */
export const englishNotices: NoticeTexts = {
  greeting: (name) => `Dear ${name},`,
  kinds: {
    'sign-in-code': ({ organisation, code }) => ({
      subject: `Your code for ${organisation}`,
      lines: [
        `Use this code to sign in at ${organisation}:`,
        code,
        'The code works once, for fifteen minutes. Enter it on the page where you asked for it.',
        never,
        'You did not ask for a code? Then there is nothing you need to do.',
      ],
    }),
    'step-up-code': ({ organisation, code }) => ({
      subject: `Your code for ${organisation}`,
      lines: [
        `Use this code to show ${organisation} once more that it is you:`,
        code,
        'The code works once, for fifteen minutes. Enter it on the page where you asked for it.',
        never,
      ],
    }),
    'private-mailbox-code': ({ organisation, code }) => ({
      subject: 'Confirm that this is your mailbox',
      lines: [
        `Somebody wants to use this address as their private mailbox at ${organisation}. Is that you? Then enter this code:`,
        code,
        'The code works once, for fifteen minutes.',
        never,
        'You do not know about this? Then there is nothing you need to do. Without the code nothing happens.',
      ],
    }),
    'private-mailbox-proposed': ({ organisation }) => ({
      subject: `${organisation} suggests a private mailbox for you`,
      lines: [
        `Somebody at ${organisation} suggested an address as your private mailbox.`,
        'Nothing changes until you confirm it yourself. You can do that after signing in, at ‘My account’.',
        'Is the address wrong? Then do not confirm it.',
      ],
    }),
    'private-mailbox-confirmed': ({ organisation, at }) => ({
      subject: 'A private mailbox was set',
      lines: [`On ${at} a private mailbox was set for you at ${organisation}.`, notYou],
    }),
    'private-mailbox-removed': ({ organisation, at }) => ({
      subject: 'Your private mailbox was removed',
      lines: [`On ${at} your private mailbox at ${organisation} was removed.`, notYou],
    }),
    'authenticator-added': ({ organisation, at }) => ({
      subject: 'An app with codes was added',
      lines: [`On ${at} an app with codes was added to your account at ${organisation}.`, notYou],
    }),
    'authenticator-removed': ({ organisation, at }) => ({
      subject: 'Your app with codes was removed',
      lines: [`On ${at} your app with codes at ${organisation} was removed.`, notYou],
    }),
    'signing-credential-enrolled': ({ organisation, at, facts }) => ({
      subject: 'A device was added with which you can sign',
      lines: [
        `On ${at} a device was added at ${organisation} with which you can sign.`,
        ...(facts['device'] === undefined ? [] : [`The device: ${facts['device']}.`]),
        notYou,
        'You can remove the device there yourself.',
      ],
    }),
    'signing-credential-revoked': ({ organisation, at }) => ({
      subject: 'A device with which you could sign was removed',
      lines: [`On ${at} a device was removed at ${organisation} with which you could sign.`, notYou],
    }),
    'signing-reset': ({ organisation, at }) => ({
      subject: 'Your devices for signing were removed',
      lines: [
        `On ${at} an administrator at ${organisation} removed all devices with which you could sign.`,
        'A new device counts for less during its first three days.',
        notYou,
      ],
    }),
    'act-denied': ({ organisation, at }) => ({
      subject: 'You disputed an answer',
      lines: [`On ${at} it was recorded at ${organisation} that you dispute an answer in your name.`, notYou],
    }),
    'sign-on-rebinding-asked': ({ organisation, at }) => ({
      subject: 'Somebody asked to link another account to you',
      lines: [
        `On ${at} an administrator at ${organisation} asked to link another work account to you.`,
        'That is possible only after three days, and only if you sign in with that account yourself. Nothing changes until then.',
        'Is this wrong? Ask the administrator within three days to stop it.',
        notYou,
      ],
    }),
    'sign-on-account-bound-anew': ({ organisation, at }) => ({
      subject: 'Another account was linked to you',
      lines: [
        `On ${at} another work account was linked to you at ${organisation}. The account before it no longer works.`,
        notYou,
      ],
    }),
    'denial-withdrawn': ({ organisation, at }) => ({
      subject: 'You no longer dispute an answer',
      lines: [`On ${at} it was recorded at ${organisation} that you no longer dispute an answer.`, notYou],
    }),
    'act-finding-recorded': ({ organisation, at }) => ({
      subject: 'A court decision was recorded about your answer',
      lines: [
        `On ${at} your employer recorded at ${organisation} what a court decided about an answer in your name.`,
        'Is that not right? You can read it in your acts and say so there, or ask a lawyer or your union.',
      ],
    }),
  },
}
