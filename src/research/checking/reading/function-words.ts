/** Does the word carry no meaning of its own in the language? Words are folded; other languages go by the English list. */
export function isFunctionWord(word: string, language: string): boolean {
  return (FUNCTION_WORDS.get(language) ?? ENGLISH).has(word);
}

/** Is it a form of "to be", which makes a participle passive? */
export function isFormOfBe(word: string, language: string): boolean {
  return (FORMS_OF_BE.get(language) ?? BE).has(word);
}

/** Does the word say little beside the others: a copula, a stock verb, a word that frames a report? Stems. */
export function isLightWord(stemmed: string): boolean {
  return LIGHT.has(stemmed);
}

// Another writer chooses another one of these, or does without.
const LIGHT: ReadonlySet<string> = words(`
  becom remain stay still keep kept do don mak mad get got go went gone com cam tak took taken giv gave given put set turn
  thing something anything everything way case fact kind sort part point lot number several various certain possibl
  appear seem tend happen occur exist mean meant need allow let caus follow follow result involv concern relat includ
  say said stat accord claim caution not observ describ explain add report find found show study author paper articl
  paper page text people person participant someone somebody anyone nobody themselv himself herself itself
  us used use mad new old long tim year currently current altogether overall actual general mostly main especial
  particular also too already yet soon later then now today ago far around about roughly approximate nearly almost
  over under more most much many few less least little bit whole entir total both either such like own same other another
  whereas although despit unless except beyond besid instead without thank due becaus reason purpos order
  responsibl abl unabl likely unlikely suppos expect want hop plan try tri decid consider
  bleib blieb geben gibt gab machen macht gemacht lassen liegt liegen stehen steht kommen kommt weiterhin bereits bisher
  laut etwa rund kunftig dabei hacer hace hizo hara hay quedar seguir sigue tener tiene segun
  faire fait selon toujours depuis devenu devenir rest reste encore
  rul prov turn lie lay stand stood serv form former formerly previous earlier prior thereby therefore consequent instead
  citing cit mor far well though quit rather virtual simpl merely only further else soon back up down out off
  befinden befindet befand befanden durf durft durften solch zuvor vorher damals fruher fruheren ehemalig gemas insgesamt
  bekomm bekommen bekam stand standen stehen grund teil ander gehor folg bring brachte
  tuvo dejar dejo obtener obtuvo lograr logro llevar llevo hallar
  gilt gelten galt dient dienen diente erst bislang zunachst schliesslich jedoch allerdings etwa
  quedado quedo quedaron haber habido ser cada uno una todo toda todos corresponder corresponde corresponden permanecer
  permanecio tras aun sobre ademas hoy actual entonces segun mediante haberse dicho`);

const ENGLISH: ReadonlySet<string> = words(`
  never always ever a about across after again against all also although am among an and any are as at away back be
   became because become been before being besides between both but by can could did do does doing during each either
   else even ever every few for from further had has have having he her here hers him his how however if in into is it
   its itself just like many may me meanwhile might more most much must my neither no none nor not now of off on once
   one only onto or other others our out over own per quite rather same she should since so some such than that the
   their them then there these they this those though through thus to together too toward towards under until up upon
   us very was we were what when where whereas which while who whom whose why will with within without would yet you
   your s t d ll re ve don didn isn wasn aren weren hasn haven hadn won wouldn couldn shouldn doesn cannot i i.e e.g
   etc vs including according due owing alongside amid amidst among amongst despite throughout beyond unlike besides
   unless whenever wherever whatever whoever albeit moreover nevertheless nonetheless furthermore hence thereby therefore
   thereafter likewise additionally
`);

const FUNCTION_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "de",
    words(`
  der die das den dem des ein eine einer einen einem eines und oder aber auch als an am auf aus bei beim bis da damit
   dann dass denn deren dessen dies diese dieser dieses diesem diesen doch durch er es fur gegen hat hatte hatten
   haben hier ihr ihre ihrer ihrem ihren ihm ihn im in ins ist sein seine seiner seinem seinen seit sich sie sind so
   sowie uber um unter vom von vor war waren was weil wenn werden wird wurde wurden worden wie wo wieder wobei zu zum
   zur zwar zwischen jedoch noch nun nur sehr mehr mit nach man nicht kein keine keiner keinem keinen dabei davon dazu
   solche solcher solches zuvor sondern konnen kann konnte konnten darf durfen durfte durften mussen muss musste mussten
   soll sollen sollte sollten will wollen wollte wollten ob dagegen schon selbst geworden denn dafur dazu daher dort etwas jede jeder jedes jeweils laut nie niemals immer
`),
  ],
  [
    "es",
    words(`
  el la los las lo un una unos unas y o u e de del al a ante bajo con contra desde durante en entre hacia hasta para
   por segun sin sobre tras que quien quienes cual cuales cuyo cuya cuando donde como se su sus mi tu le les nos es
   son era eran fue fueron ser sido siendo esta este esto estos estas estan estaba estuvo ha han habia haber he hay no
   ni si mas muy ya tambien pero sino porque aunque otro otra otros otras ese esa eso aquel aquella ello ellos ellas
   asi nunca jamas siempre cada todo toda todos todas tampoco mientras puede pueden despues antes
   tuvo tiene tenia tener aunque solo
`),
  ],
  [
    "fr",
    words(`
  de un une en y a ont avait avaient avoir ete etre fut sera seront mais si comme aussi tres tout toute tous toutes
  avant apres depuis sous entre chez vers plusieurs chaque autre autres meme ici encore deja cela ceci lui eux nous vous
  j c n s m t lorsque lorsqu puisque jusque jusqu afin donc car or ni quand ou
  le les du des au aux et est sont etait etaient dans pour par sur avec ce cet cette ces il elle ils elles on qui
   que dont ne pas plus son sa ses leur leurs jamais toujours la l d qu
`),
  ],
]);

const BE: ReadonlySet<string> = words("is are was were be been being");
const FORMS_OF_BE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["de", words("ist sind war waren sein wird werden wurde wurden worden")],
  ["es", words("es son era eran fue fueron ser sido siendo esta estan estaba")],
  ["fr", words("est sont etait etaient fut furent etre ete")],
]);

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}
