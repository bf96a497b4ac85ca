import type { PolicyContent, Section } from './content.ts'
import { socialMediaRules } from './social-media-rules.ts'

// A right is only promised here where the employer can keep it by itself, or where the law gives it anyway. What the
// law says about reporting wrongdoing is not paraphrased further than: such a rule is void as far as it limits it.
const sections: Section[] = [
  {
    id: 'your-rights',
    heading: { nl: 'Jouw rechten', en: 'Your rights' },
    paragraphs: [
      {
        nl: 'Je hebt het recht om je mening te geven, ook over je werk en ook als die kritisch is. In je eigen tijd en op je eigen accounts beslis jij. Deze regels gaan daar alleen over als een bericht met je werk te maken heeft.',
        en: 'You have the right to express your opinion, also about your work and also when it is critical. In your own time and on your own accounts, you decide. There, these rules only matter when a post has to do with your work.',
      },
      {
        nl: 'Je mag met collega’s, met de ondernemingsraad of personeelsvertegenwoordiging en met een vakbond praten over je werk en je arbeidsvoorwaarden.',
        en: 'You may talk about your work and your terms of employment with colleagues, with the works council or staff representatives and with a trade union.',
      },
      {
        nl: 'Deze tekst is geen aankondiging van controle. Als [NAAM ORGANISATIE] het gebruik van sociale media of internet wil controleren, hoor je dat vooraf apart: waarom, hoe en hoe ver.',
        en: 'This text is not a notice of monitoring. If [NAAM ORGANISATIE] wants to monitor the use of social media or the internet, you are told separately and beforehand: why, how and how far.',
      },
      {
        nl: 'Als iemand denkt dat je een regel niet hebt gevolgd, praten we eerst met jou. We kijken naar alles wat van belang is en behandelen gelijke gevallen gelijk. In deze tekst staan geen boetes.',
        en: 'If someone thinks that you did not follow a rule, we talk with you first. We look at everything that matters and treat equal cases equally. This text contains no fines.',
      },
      {
        nl: 'Vragen we je om te bevestigen dat je deze tekst hebt gezien? Dan zeg je daarmee niet dat je het overal mee eens bent. Je kunt altijd een kopie krijgen van de tekst die je te zien kreeg.',
        en: 'Do we ask you to confirm that you have seen this text? Then you are not saying that you agree with all of it. You can always get a copy of the text that was shown to you.',
      },
    ],
  },
  {
    id: 'reporting-wrongdoing',
    heading: { nl: 'Misstanden melden', en: 'Reporting wrongdoing' },
    paragraphs: [
      {
        nl: 'Geen enkele regel in deze tekst beperkt jouw recht om een vermoeden van een misstand te melden of openbaar te maken zoals de Wet bescherming klokkenluiders dat regelt. Dat geldt ook voor de regels over vertrouwelijke informatie en over vooraf toestemming vragen. Voor zover een regel dat recht toch zou beperken, geldt hij niet.',
        en: 'No rule in this text limits your right to report or disclose a suspected abuse as provided for in the Dutch Whistleblowers Protection Act (Wet bescherming klokkenluiders). This includes the rules about confidential information and about asking permission first. As far as a rule would still limit that right, it does not apply.',
      },
      {
        nl: 'Voor zo’n melding hoef je niemand vooraf om toestemming te vragen. Wil je weten waar je kunt melden en welke bescherming er is? Win dan gerust eerst vertrouwelijk advies in.',
        en: 'You do not have to ask anyone for permission before such a report. Do you want to know where you can report and what protection there is? Feel free to get confidential advice first.',
      },
    ],
  },
  {
    id: 'about-this-text',
    heading: { nl: 'Over deze tekst', en: 'About this text' },
    paragraphs: [
      {
        nl: 'Vragen, voorbeelden en ideeën voor verbetering zijn welkom bij [NAAM CONTACTPERSOON], via [E-MAIL CONTACTPERSOON]. Verandert deze tekst, dan hoor je wat er anders wordt en vanaf welke dag.',
        en: 'Questions, examples and ideas for improvement are welcome with [NAAM CONTACTPERSOON], at [E-MAIL CONTACTPERSOON]. If this text changes, you are told what will be different and from which day.',
      },
    ],
  },
]

/** The starter text for rules on social media, in Dutch and English, to be filled in and changed by the employer. */
export const socialMediaTemplate: PolicyContent = {
  languages: ['en', 'nl'],
  title: {
    nl: 'Sociale media bij [NAAM ORGANISATIE]',
    en: 'Social media at [NAAM ORGANISATIE]',
  },
  introduction: [
    {
      nl: 'Sociale media bieden kansen. Je kunt laten zien waar je trots op bent, leren van vakgenoten, klanten sneller helpen en nieuwe collega’s vinden. [NAAM ORGANISATIE] wil dat je die kansen kunt pakken.',
      en: 'Social media offer opportunities. You can show what you are proud of, learn from peers, help customers faster and find new colleagues. [NAAM ORGANISATIE] wants you to be able to take those opportunities.',
    },
    {
      nl: 'Er zijn ook risico’s. Werk en privé lopen door elkaar, en een bericht is zo gedeeld. Daarom staan hieronder vijftien regels. Ze vertellen wat we van elkaar verwachten, en niet alles is een verbod. Bij elke regel staat of iets moet, niet mag, wel mag of een advies is.',
      en: 'There are risks too. Work and private life mix, and a message is shared in a moment. That is why there are fifteen rules below. They say what we expect of each other, and not everything is a ban. Each rule says whether something is required, not allowed, allowed or advised.',
    },
    {
      nl: 'Met sociale media bedoelen we alle plekken online waar je iets met anderen deelt, zoals LinkedIn, Instagram, TikTok, WhatsApp-groepen, blogs, forums en beoordelingssites. Vertrouwelijk is wat als geheim is aangewezen, of waarvan je begrijpt dat het binnen moet blijven.',
      en: 'By social media we mean every place online where you share something with others, such as LinkedIn, Instagram, TikTok, WhatsApp groups, blogs, forums and review sites. Confidential is what has been marked as secret, or what you understand has to stay inside.',
    },
  ],
  rules: socialMediaRules,
  sections,
  placeholders: [
    {
      name: 'NAAM ORGANISATIE',
      kind: 'text',
      label: {
        nl: 'De naam van de organisatie, zoals medewerkers die kennen',
        en: 'The name of the organisation as its staff know it',
      },
    },
    {
      name: 'NAAM CONTACTPERSOON',
      kind: 'person',
      label: { nl: 'Wie vragen over deze regels beantwoordt', en: 'Who answers questions about these rules' },
    },
    {
      name: 'E-MAIL CONTACTPERSOON',
      kind: 'email',
      label: { nl: 'Het e-mailadres van de contactpersoon', en: 'The e-mail address of that person' },
    },
  ],
  changeSummary: { nl: '', en: '' },
  materiality: 'material',
}
