import { fold, stem } from "../../../words.ts";

/** Words that exclude one another: where the statement has one and the page another of the same line, they disagree. */
const CLASSES = `
increase rise grow rose grew risen grown growth gain climb expand expansion steigen stieg gestiegen wachsen zunahme zunehmen aumentar crecer subir aumento | decrease fall fell fallen drop decline shrink shrank reduce reduction cut dwindle sinken sank gesunken fallen abnahme rückgang abnehmen disminuir bajar caer reducir descenso
up | down
destroyed damaged destroy damage demolish demolished zerstört zerstören beschädigt destruido dañado | intact unharmed undamaged preserve preserved unversehrt unbeschädigt ileso intacto
much many | little few
favour favor support | against oppose opposed
continue proceed resume | end ended abort stop halt cease cancel interrupt
ahead early | behind late overdue
above over exceed | below under
longer | less shorter fewer
more größer mehr más | less fewer weniger menos
maximum max most höchstens maximal máximo | minimum min least mindestens minimal mínimo
highest largest biggest greatest longest tallest strongest busiest richest größte höchste längste mayor | lowest smallest least shortest weakest poorest kleinste niedrigste kürzeste menor
first earliest erste ersten erster erstmals primer primera primero | last latest letzte letzter letzten último última
oldest | newest youngest
true enabled active enable | false disabled inactive disable
win won victory victor gewinnen gewann gewonnen sieg ganar ganó victoria | lose lost loss defeat verlieren verlor verloren niederlage perder perdió derrota
buy bought purchase acquire kaufen kaufte gekauft erwerben comprar | sell sold sale verkaufen verkaufte verkauft vender vendió
allow permit allowed erlauben erlaubt permitir | forbid forbidden ban prohibit banned verbieten verboten prohibir
accept approve accepted approved agree allow allowed permit grant aceptaron aceptado aprobaron aprobó accepté approuvé zugestimmt stimmte zustimmen genehmigen angenommen aceptar aprobar | reject refuse rejected refused declin dismiss rechazaron rechazado rechazó refusé rejeté lehnte ablehnen abgelehnt rechazar
include inclusive | exclude exclusive
exempt | subject liable
open opened opening öffnen eröffnet geöffnet abrir abierta abrió abierto | close closed closure shut schließen geschlossen cerrar cerrada cerró
begin began begun start beginn begann empezar comenzar | end ended finish conclude stop ende endete beendet terminar acabar
previously earlier vorher früher | subsequently later danach später después
north northern nord nördlich norte | south southern süd südlich sur
east eastern ost östlich este oriental | west western westlich oeste occidental
northeast | southeast | northwest | southwest
public öffentlich público | private privat privado
import | export
domestic national inländisch | foreign international ausländisch
urban | rural
male man men boy männer mann hombre | female woman women girl frau frauen mujer
father vater padre | mother mutter madre | brother bruder hermano | sister schwester hermana | son sohn hijo | daughter tochter hija | grandfather großvater abuelo | grandmother großmutter abuela | grandson enkel nieto | granddaughter enkelin nieta | uncle onkel tío | aunt tante tía | husband ehemann marido esposo | wife ehefrau esposa | nephew neffe sobrino | niece nichte sobrina | cousin
maternal | paternal
married | divorced
synchronous sync | asynchronous async
required mandatory obligatory compulsory | optional voluntary
always | never
success succeed successful successfully erfolgreich gelingen gelang gelungen éxito réussi réussite | scheitern scheiterte gescheitert erfolglos fracasar fracasó fracaso échoué échec failure fail failed unsuccessful
temporary temporarily | permanent permanently
internal internally | external externally
upper | lower
uppercase | lowercase
ascending | descending
odd | even
horizontal | vertical
active | passive
hot warm | cold cool
winter | summer | spring | autumn
monday montag lunes | tuesday dienstag martes | wednesday mittwoch miércoles | thursday donnerstag jueves | friday freitag viernes | saturday samstag sábado | sunday sonntag domingo
black | white
red rot rojo | blue blau azul | green grün verde | yellow gelb amarillo | brown braun | orange | purple
gold golden | silver | bronze
wood wooden timber | stone granite | concrete | brick | iron | steel | glass
profit gain gewinn beneficio | loss verlust pérdida
revenue income | expense expenditure cost
surplus | deficit
majority | minority
rich wealthy | poor
strong strengthen | weak weaken
heavy heavier | light lighter
fast faster quick | slow slower
high higher | low lower
big bigger large larger | small smaller
long longer | short shorter
wide wider | narrow
deep | shallow
old older | new newer young younger
cheap cheaper | expensive dear dearest
easy easier simple | hard difficult harder
safe | dangerous unsafe
guilty convicted | innocent acquitted
alive living survive survived | dead died killed
attack attacked offensive | defend defended defensive
hire hired appoint appointed | dismiss dismissed fire fired resign resigned sack
join joined enter entered | leave left withdraw withdrew
arrive arrived | depart departed
support supported favour favor | oppose opposed
agree agreed | disagree disagreed
present | absent
confirm confirmed admit admitted acknowledge | deny denied dispute disputed
including | excluding except
supports supported | opposes opposed
strengthened | weakened
legal lawful | illegal unlawful
abolish abolished scrap scrapped discontinue discontinued abschaffen abgeschafft suprimir suprimido | stay stays stayed remain remains remained keep kept retain retained bleiben bleibt beibehalten mantener mantiene
pass passed carried adopt adopted | fail failed defeated rejected
possible | impossible
known | unknown
unanimous unanimously einstimmig unánime unánimemente unanime | dissent dissenting dissented divided mehrheit mayoría majorité
voluntary optional freiwillig voluntario | compulsory mandatory forced obligatorio verpflichtend
convinced certain sure überzeugt sicher convencido convaincu | doubt doubts doubtful doubted sceptical skeptical zweifelt zweifel duda
safe harmless ungefährlich | dangerous harmful poisonous toxic gefährlich peligroso dangereux
common frequent häufig frecuente | rare rarer uncommon infrequent selten seltener raro escaso
clear | unclear
complete completed finished | incomplete unfinished
vegetarian | carnivorous
vowel | consonant
singer | actor | writer | painter | composer | footballer
novel | poem | play
king | queen
prince | princess
emperor | empress
lake | river | mountain | island
mile | kilometre
owner landlord | tenant
teacher | student pupil
employer | employee
parent | child
predecessor vorgänger | successor nachfolger
creditor lender | debtor borrower
doctor | patient
host | guest
supply | demand
cause | effect
client | server
input | output
encode encrypt compress | decode decrypt decompress
read reads | write writes
push | pull
create | delete
install | uninstall
throw throws | return
millisecond milliseconds millisekunde milisegundos | second seconds sekunde segundos | minute minutes minuten minuto minutos | hour hours stunde stunden hora horas | day days daily tag tage täglich día días diario diaria | week weeks weekly woche wochen wöchentlich semana semanas semanal | fortnight fortnightly quincena | month months monthly monat monate monatlich mes meses mensual | quarter quarterly quartal | year years yearly annual annually jahr jahre jährlich año años anual | decade | century
kilometre kilometres kilometer kilometers km | mile miles mi | metre metres meter meters | foot feet ft | centimetre | inch inches
million millions millionen millones | billion billions milliarden | thousand tausend mil | trillion
dollar dollars | euro euros | pound pounds | peso pesos | yen | cent cents
kilogram kilograms kg | tonne tonnes | gram grams | pound pounds
celsius | fahrenheit
byte bytes | bit bits
percent prozent | percentage_points
gallon | litre liter
ruins ruined ruin derelict ruinen | rebuild rebuilt restored restore reconstruct repaired repair wiederaufgebaut reconstruido
stable | experimental beta preview unstable
above higher over exceed | below lower under short
praise praised applaud hail acclaim | criticise criticised criticize criticized condemn attack
encourage encouraged | discourage discouraged
connect connected attach attached | disconnect detach separate separated
hide hidden conceal concealed | show shown reveal revealed visible
raise raised | lower lowered
expand expanded extend | contract
add added | remove removed
construct constructed built | dismantle dismantled demolish demolished
improve improved improvement | worsen worsened deteriorate deterioration
optimistic | pessimistic
positive | negative
same identical alike | different
full crowded | empty vacant
wet | dry
thick | thin
inside indoor indoors innerhalb | outside outdoor outdoors außerhalb
front | rear back
top | bottom
daytime | night
morning | evening
loud noisy | quiet silent
tight strict | loose lax
mild | severe
major | minor
primary | secondary
single | multiple
migratory | resident
friend ally allies | enemy rival
advantage benefit | drawback harm
pause suspend suspended | resume resumed
merge merged unite united | split divide divided
sequential sequentially serial | parallel concurrent simultaneously
local locally | remote remotely
static | dynamic
include included contain | omit omitted exclude excluded
remember | forget forgot forgotten
love loved liked | hate hated dislike disliked
welcome welcomed | oppose opposed
many numerous large | few little
double doubled verdoppeln verdoppelte duplicar duplicó | triple tripled treble trebled verdreifachen verdreifachte triplicar triplicó | quadruple quadrupled vervierfachen cuadruplicar | halve halved halbieren halbierte
`;

/** Does one of the two words exclude the other ("rise" and "fall", "mother" and "father", "seconds" and "minutes")? */
export function areOpposite(a: string, b: string): boolean {
  const ours = MEMBERS.get(a);
  const theirs = ours === undefined ? undefined : MEMBERS.get(b);
  if (ours !== undefined && theirs !== undefined)
    for (const [line, group] of ours) {
      const other = theirs.get(line);
      if (other !== undefined && other !== group) return true;
    }
  return a.length < b.length ? isNegatedForm(a, b) : a.length > b.length && isNegatedForm(b, a);
}

export function hasOpposite(stemmed: string): boolean {
  return MEMBERS.has(stemmed);
}

/** @param other longer */
function isNegatedForm(plain: string, other: string): boolean {
  return (
    plain.length >= 4 &&
    other.length - plain.length <= 3 &&
    other.endsWith(plain) &&
    /^(?:un|in|im|ir|non|dis|de|mis)/.test(other)
  );
}

const MEMBERS: ReadonlyMap<string, ReadonlyMap<number, number>> = indexClasses();

function indexClasses(): Map<string, Map<number, number>> {
  const members = new Map<string, Map<number, number>>();
  CLASSES.trim()
    .split("\n")
    .forEach((row, line) => {
      row.split("|").forEach((words, group) => {
        for (const word of words.trim().split(/\s+/)) {
          const key = stem(fold(word));
          const known = members.get(key) ?? new Map<number, number>();
          known.set(line, group);
          members.set(key, known);
        }
      });
    });
  return members;
}
