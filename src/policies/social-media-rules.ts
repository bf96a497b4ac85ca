import type { Rule } from './content.ts'

/**
 * The fifteen topics that Dutch social media protocols have settled on since the one of trade union CNV, in words of
 * our own and in plain language (level B1). A norm on private time or a personal account is written so that it only
 * reaches posts that touch the work, because an instruction cannot reach further (art. 7:660 BW).
 */
export const socialMediaRules: Rule[] = [
  {
    id: 'share-knowledge',
    heading: { nl: 'Deel wat je weet', en: 'Share what you know' },
    text: {
      nl: 'Vertel gerust over je vak en over wat je op je werk leert. Daar hebben collega’s, klanten en vakgenoten iets aan. Laat alleen weg wat geheim moet blijven of wat [NAAM ORGANISATIE] onnodig schade doet.',
      en: 'Feel free to talk about your field and about what you learn at work. Colleagues, customers and peers benefit from it. Only leave out what has to stay secret or what does [NAAM ORGANISATIE] needless harm.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'information',
  },
  {
    id: 'join-the-conversation',
    heading: { nl: 'Praat mee, als jezelf', en: 'Join in, as yourself' },
    text: {
      nl: 'Je mag online meepraten over onderwerpen die met je werk te maken hebben. Schrijf als jezelf, in de ik-vorm. Gaat het over je werk? Zeg dan waar je werkt en wat je daar doet. Een andere mening dan die van [NAAM ORGANISATIE] mag er zijn.',
      en: 'You may join online conversations about subjects that have to do with your work. Write as yourself and say “I”. Is it about your work? Then say where you work and what you do there. It is fine to see things differently from [NAAM ORGANISATIE].',
    },
    modality: 'may',
    scope: { time: 'always', place: 'everywhere', account: 'personal-account' },
    legalNature: 'information',
  },
  {
    id: 'own-responsibility',
    heading: { nl: 'Jij gaat over je eigen berichten', en: 'Your posts are your own' },
    text: {
      nl: 'Wat je op eigen naam plaatst, is jouw verantwoordelijkheid. Bedenk vooraf dat een bericht vaak jaren te vinden is, ook nadat je het hebt weggehaald, en dat anderen het kunnen doorsturen. Denk daarbij ook aan je eigen privacy. Hoort plaatsen bij je functie? Dan doe je dat namens [NAAM ORGANISATIE] en volg je de afspraken over dat werk.',
      en: 'What you post in your own name is your responsibility. Before you post, remember that a message can often be found for years, even after you take it down, and that others can pass it on. Think of your own privacy too. Is posting part of your job? Then you do it on behalf of [NAAM ORGANISATIE] and follow what is agreed about that work.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'everywhere', account: 'personal-account' },
    legalNature: 'information',
  },
  {
    id: 'say-for-whom-you-speak',
    heading: { nl: 'Maak duidelijk namens wie je spreekt', en: 'Make clear for whom you speak' },
    text: {
      nl: 'Schrijf je ergens anders over iets dat met [NAAM ORGANISATIE] te maken heeft? Laat dan merken of je voor jezelf spreekt of namens ons. Je kunt er een zin bij zetten, zoals: “Dit is mijn eigen mening.” Die zin is handig bij een blog, maar hij is niet verplicht.',
      en: 'Do you write elsewhere about something that concerns [NAAM ORGANISATIE]? Then let people see whether you speak for yourself or for us. You can add a sentence such as: “This is my own opinion.” That sentence is useful on a blog, but it is not required.',
    },
    modality: 'must',
    scope: { time: 'always', place: 'elsewhere', account: 'personal-account' },
    legalNature: 'instruction',
  },
  {
    id: 'rights-of-makers',
    heading: { nl: 'Gebruik alleen wat je mag gebruiken', en: 'Use only what you may use' },
    text: {
      nl: 'Foto’s, filmpjes, muziek en teksten zijn meestal van iemand. Plaats ze in berichten over ons werk en op onze accounts alleen als je ze zelf hebt gemaakt, als de maker het goed vindt of als het volgens de wet mag. Citeer je iemand? Noem dan de bron. Staat een collega of klant herkenbaar op beeld? Vraag het dan eerst.',
      en: 'Photos, videos, music and texts usually belong to somebody. In posts about our work and on our accounts, use them only if you made them yourself, if the maker agrees or if the law allows it. Do you quote somebody? Then name the source. Can a colleague or customer be recognised in an image? Then ask first.',
    },
    modality: 'must',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'keep-confidential',
    heading: { nl: 'Houd vertrouwelijke informatie binnen', en: 'Keep confidential information inside' },
    text: {
      nl: 'Plaats geen informatie van [NAAM ORGANISATIE] die vertrouwelijk is, zoals plannen die nog niet bekend zijn, cijfers die niet openbaar zijn en gegevens over personeel. Gebruik ons logo en onze merken niet zonder dat dit is afgesproken. Wil je iets naar buiten brengen uit een gesprek of overleg op het werk? Vraag dan vooraf toestemming aan je leidinggevende of aan [NAAM CONTACTPERSOON]. Wat onder “Misstanden melden” staat, gaat vóór deze regel.',
      en: 'Do not post information of [NAAM ORGANISATIE] that is confidential, such as plans that are not yet known, figures that are not public and details about staff. Do not use our logo and our brands unless this has been agreed. Do you want to make public something from a conversation or meeting at work? Then first ask your manager or [NAAM CONTACTPERSOON] for permission. What is said under “Reporting wrongdoing” goes before this rule.',
    },
    modality: 'must-not',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'protect-business-relations',
    heading: {
      nl: 'Bescherm klanten, partners en leveranciers',
      en: 'Protect customers, partners and suppliers',
    },
    text: {
      nl: 'Zet niets online over een klant, partner of leverancier dat vertrouwelijk is of hem kan schaden, tenzij hij dat zelf goed vindt. Toestemming van je leidinggevende is daarvoor niet genoeg. Het maakt niet uit of het gaat om een mens, een bedrijf of een product. Wat onder “Misstanden melden” staat, gaat vóór deze regel.',
      en: 'Do not put anything online about a customer, partner or supplier that is confidential or could harm them, unless they agree to it themselves. Permission from your manager is not enough for that. It makes no difference whether it concerns a person, a company or a product. What is said under “Reporting wrongdoing” goes before this rule.',
    },
    modality: 'must-not',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'show-respect',
    heading: { nl: 'Blijf respectvol', en: 'Stay respectful' },
    text: {
      nl: 'Ben je herkenbaar als medewerker, of gaat een bericht over ons werk? Behandel anderen dan zoals je dat op de werkvloer doet. Discrimineer niemand, scheld niet, bedreig niemand en deel geen privégegevens van een ander. Kritiek mag, ook op ons, zolang je bij de zaak blijft. Schrijf je over een concurrent? Zorg dan dat het klopt en maak hem niet zwart. Loopt een discussie hoog op? Maak het niet erger; stoppen mag altijd.',
      en: 'Can people recognise you as an employee, or is a post about our work? Then treat others as you would on the work floor. Do not discriminate, abuse or threaten anybody, and do not share private details of others. Criticism is allowed, also of us, as long as you stick to the subject. Do you write about a competitor? Then make sure it is true and do not run them down. Is a discussion getting heated? Do not make it worse; you can always stop.',
    },
    modality: 'must',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'use-during-work',
    heading: { nl: 'Gebruik onder werktijd', en: 'Use during working hours' },
    text: {
      nl: 'Ook onder werktijd mag je sociale media gebruiken, als je werk maar goed en op tijd af komt en het veilig is. In de ene functie past dat beter dan in de andere. Bespreek daarom met je leidinggevende wat in jouw functie handig is, en leg een afspraak samen vast.',
      en: 'You may use social media during working hours too, as long as your work is done well and on time and it is safe. It suits one job better than another. So talk with your manager about what is practical in your job, and write down together what you agree.',
    },
    modality: 'may',
    scope: { time: 'working-time', place: 'workplace', account: 'personal-account' },
    legalNature: 'instruction',
  },
  {
    id: 'profile-and-presentation',
    heading: { nl: 'Let op hoe je overkomt', en: 'Mind how you come across' },
    text: {
      nl: 'Staat [NAAM ORGANISATIE] in je profiel, dan zien mensen jou al snel als een van ons. Kijk daarom af en toe naar je profiel, je foto’s en je filmpjes. Past dit bij hoe je bij een klant of collega binnenkomt? Gebruik je een account vooral voor je werk? Houd je functie daarop dan actueel, ook als je van baan wisselt.',
      en: 'If your profile mentions [NAAM ORGANISATIE], people soon see you as one of us. So look at your profile, your photos and your videos from time to time. Do they fit how you walk in at a customer’s or a colleague’s? Do you use an account mainly for work? Then keep your job title up to date, also when you change jobs.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'everywhere', account: 'personal-account' },
    legalNature: 'information',
  },
  {
    id: 'correct-mistakes',
    heading: { nl: 'Zet een fout zelf recht', en: 'Put a mistake right yourself' },
    text: {
      nl: 'Iedereen maakt wel eens een fout. Klopt een bericht van jou over ons werk niet? Zeg dat dan snel en open, met een nieuw bericht of met een duidelijke aanvulling. Pas het oude bericht niet stilletjes aan. Moet een bericht juist weg, bijvoorbeeld omdat er privégegevens in staan? Haal het dan weg en vertel dat je dat deed.',
      en: 'Everybody makes a mistake sometimes. Is a post of yours about our work wrong? Then say so quickly and openly, in a new post or with a clear addition. Do not quietly change the old one. Does a post have to go, for instance because it contains private details? Then take it down and tell people that you did.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'information',
  },
  {
    id: 'no-hidden-advertising',
    heading: { nl: 'Geen verborgen reclame', en: 'No hidden advertising' },
    text: {
      nl: 'Maak geen reclame voor [NAAM ORGANISATIE] onder een verzonnen of andermans naam, en schrijf geen beoordelingen alsof je een klant bent. Prijs je iets van ons aan? Vertel dan dat je hier werkt en in welke functie.',
      en: 'Do not advertise [NAAM ORGANISATIE] under an invented name or under the name of someone else, and do not write reviews as if you were a customer. Do you recommend something of ours? Then say that you work here and in which job.',
    },
    modality: 'must-not',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'leading-positions',
    heading: { nl: 'Wie leiding geeft, let extra op', en: 'Those who lead take extra care' },
    text: {
      nl: 'Ben je bestuurder of leidinggevende, of leg je ons beleid naar buiten uit? Dan horen mensen in jouw woorden al snel de organisatie. Ga vóór je iets plaatst over ons werk na of het wel een persoonlijk bericht kan zijn. Bedenk ook dat je eigen medewerkers meelezen.',
      en: 'Are you a director or a manager, or do you explain our policy to the outside world? Then people soon hear the organisation in your words. Before you post something about our work, check whether it can be a personal post at all. Also remember that your own staff can read it.',
    },
    modality: 'must',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'instruction',
  },
  {
    id: 'our-own-channels',
    heading: {
      nl: 'Onze eigen kanalen helpen het werk vooruit',
      en: 'Our own channels move the work forward',
    },
    text: {
      nl: 'Heeft [NAAM ORGANISATIE] een eigen blog, groep of netwerk? Gebruik het dan om elkaar, klanten en partners verder te helpen: los samen iets op, leg iets uit, leer van elkaar. Zet er geen berichten op die daar niet bij passen. Geef wachtwoorden van onze accounts aan niemand buiten de beheerders.',
      en: 'Does [NAAM ORGANISATIE] have its own blog, group or network? Then use it to help each other, customers and partners along: solve something together, explain something, learn from each other. Do not post what does not fit there. Give passwords of our accounts to nobody but those who manage them.',
    },
    modality: 'must',
    scope: { time: 'working-time', place: 'everywhere', account: 'company-account' },
    legalNature: 'instruction',
  },
  {
    id: 'in-doubt-ask',
    heading: { nl: 'Twijfel je? Vraag het', en: 'In doubt? Ask' },
    text: {
      nl: 'Weet je niet zeker of iets kan? Leg het voor aan je leidinggevende of aan [NAAM CONTACTPERSOON], via [E-MAIL CONTACTPERSOON]. Dat je iets vraagt, wordt nooit tegen je gebruikt. Een advies is nog geen toestemming: waar deze regels om toestemming vragen, heb je die apart nodig. Wat je daarna plaatst, blijft je eigen keuze.',
      en: 'Not sure whether something is all right? Put it to your manager or to [NAAM CONTACTPERSOON], at [E-MAIL CONTACTPERSOON]. That you asked is never held against you. Advice is not permission: where these rules ask for permission, you need that separately. What you then post remains your own choice.',
    },
    modality: 'advised',
    scope: { time: 'always', place: 'everywhere', account: 'any-account' },
    legalNature: 'information',
  },
]
