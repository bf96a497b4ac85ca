import type { NoticeTexts } from './notice-text.ts'

const notYou =
  'Was u dit niet? Meld u dan aan en kijk bij ‘Mijn account’. Vertel het ook aan iemand die u vertrouwt, buiten uw afdeling personeelszaken.'

const never = 'Geef deze code aan niemand, ook niet aan uw werkgever. Niemand van ons vraagt ernaar.'

/** B1: korte zinnen, gewone woorden, wat er gebeurde en wat u kunt doen. */
export const dutchNotices: NoticeTexts = {
  greeting: (name) => `Beste ${name},`,
  kinds: {
    'sign-in-code': ({ organisation, code }) => ({
      subject: `Uw code voor ${organisation}`,
      lines: [
        `Met deze code meldt u zich aan bij ${organisation}:`,
        code,
        'De code werkt één keer, vijftien minuten lang. Vul hem in op de pagina waar u hem vroeg.',
        never,
        'Hebt u geen code gevraagd? Dan hoeft u niets te doen.',
      ],
    }),
    'step-up-code': ({ organisation, code }) => ({
      subject: `Uw code voor ${organisation}`,
      lines: [
        `Met deze code laat u bij ${organisation} nog een keer zien dat u het bent:`,
        code,
        'De code werkt één keer, vijftien minuten lang. Vul hem in op de pagina waar u hem vroeg.',
        never,
      ],
    }),
    'private-mailbox-code': ({ organisation, code }) => ({
      subject: 'Bevestig dat dit uw mailbox is',
      lines: [
        `Iemand wil dit adres gebruiken als privémailbox bij ${organisation}. Bent u dat? Vul dan deze code in:`,
        code,
        'De code werkt één keer, vijftien minuten lang.',
        never,
        'Kent u dit niet? Dan hoeft u niets te doen. Zonder de code gebeurt er niets.',
      ],
    }),
    'private-mailbox-proposed': ({ organisation }) => ({
      subject: `${organisation} stelt een privémailbox voor u voor`,
      lines: [
        `Iemand bij ${organisation} heeft een adres voorgesteld als uw privémailbox.`,
        'Er verandert niets, totdat u dit zelf bevestigt. Dat doet u na aanmelden bij ‘Mijn account’.',
        'Klopt het adres niet? Bevestig het dan niet.',
      ],
    }),
    'private-mailbox-confirmed': ({ organisation, at }) => ({
      subject: 'Er is een privémailbox ingesteld',
      lines: [`Op ${at} is bij ${organisation} een privémailbox voor u ingesteld.`, notYou],
    }),
    'private-mailbox-removed': ({ organisation, at }) => ({
      subject: 'Uw privémailbox is weggehaald',
      lines: [`Op ${at} is bij ${organisation} uw privémailbox weggehaald.`, notYou],
    }),
    'authenticator-added': ({ organisation, at }) => ({
      subject: 'Er is een app met codes toegevoegd',
      lines: [`Op ${at} is bij ${organisation} een app met codes toegevoegd aan uw account.`, notYou],
    }),
    'authenticator-removed': ({ organisation, at }) => ({
      subject: 'Uw app met codes is weggehaald',
      lines: [`Op ${at} is bij ${organisation} uw app met codes weggehaald.`, notYou],
    }),
    'signing-credential-enrolled': ({ organisation, at, facts }) => ({
      subject: 'Er is een apparaat toegevoegd waarmee u kunt tekenen',
      lines: [
        `Op ${at} is bij ${organisation} een apparaat toegevoegd waarmee u kunt tekenen.`,
        ...(facts['device'] === undefined ? [] : [`Het apparaat: ${facts['device']}.`]),
        notYou,
        'U kunt het apparaat daar zelf weghalen.',
      ],
    }),
    'signing-credential-revoked': ({ organisation, at }) => ({
      subject: 'Een apparaat waarmee u kon tekenen is weggehaald',
      lines: [`Op ${at} is bij ${organisation} een apparaat weggehaald waarmee u kon tekenen.`, notYou],
    }),
    'signing-reset': ({ organisation, at }) => ({
      subject: 'Uw apparaten om mee te tekenen zijn gewist',
      lines: [
        `Op ${at} heeft een beheerder bij ${organisation} al uw apparaten gewist waarmee u kon tekenen.`,
        'Een nieuw apparaat telt de eerste drie dagen minder zwaar.',
        notYou,
      ],
    }),
    'act-denied': ({ organisation, at }) => ({
      subject: 'U hebt een antwoord betwist',
      lines: [
        `Op ${at} is bij ${organisation} vastgelegd dat u een antwoord betwist dat op uw naam staat.`,
        notYou,
      ],
    }),
    'sign-on-rebinding-asked': ({ organisation, at }) => ({
      subject: 'Er is gevraagd om een ander account aan u te koppelen',
      lines: [
        `Op ${at} heeft een beheerder bij ${organisation} gevraagd om een ander account van uw werk aan u te koppelen.`,
        'Dat kan pas na drie dagen, en alleen als u zelf met dat account inlogt. Tot die tijd verandert er niets.',
        'Klopt dit niet? Vraag de beheerder dan binnen drie dagen om dit te stoppen.',
        notYou,
      ],
    }),
    'sign-on-account-bound-anew': ({ organisation, at }) => ({
      subject: 'Er is een ander account aan u gekoppeld',
      lines: [
        `Op ${at} is bij ${organisation} een ander account van uw werk aan u gekoppeld. Het vorige account werkt niet meer.`,
        notYou,
      ],
    }),
    'denial-withdrawn': ({ organisation, at }) => ({
      subject: 'U betwist een antwoord niet meer',
      lines: [`Op ${at} is bij ${organisation} vastgelegd dat u een antwoord niet langer betwist.`, notYou],
    }),
    'act-finding-recorded': ({ organisation, at }) => ({
      subject: 'Er is een uitspraak van een rechter vastgelegd over uw antwoord',
      lines: [
        `Op ${at} heeft uw werkgever bij ${organisation} vastgelegd wat een rechter besliste over een antwoord op uw naam.`,
        'Klopt dat niet? U kunt het bij uw antwoorden lezen en daar zeggen, of vraag het een jurist of uw vakbond.',
      ],
    }),
  },
}
