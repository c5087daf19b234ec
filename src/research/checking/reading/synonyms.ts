/** Words that reports use for one another, grouped: data for the citation check, English, German and Spanish mixed. */

/**
 * One group a line. Words of a group may stand for one another when a statement is compared with a page; an underscore
 * joins a phrase. A word may be in several groups. Irregular forms stand with their verb because `stem` cannot know them.
 */
export const SYNONYMS = `
build built builder construct construction erect erection put_up rebuild rebuilt bauen baute gebaut bau errichten errichtet erbauen erbaut construir construido construida construcción edificar levantar
found founded founder establish establishment set_up create creation start launch form institute inaugurate gründen gegründet gründung gründer ins_leben fundar fundó fundada fundación crear creó creada establecer
begin began begun beginning start commence launch open initiate onset onwards beginnen begann begonnen beginn anfang start starten empezar empezó comenzar comenzó comienzo iniciar inicio
end ended finish complete completion conclude stop cease halt terminate over expire enden endete ende abschließen abgeschlossen fertig beenden vollenden terminar terminó acabar concluir fin final
close closed closure shut shut_down schließen schloss geschlossen schließung cerrar cerró cerrada cierre clausurar clausurada keep_off kept_off
open opened opening inaugurate unveil öffnen eröffnen eröffnet eröffnung abrir abrió abierta inaugurar
make made produce production producer manufacture manufacturer output generate herstellen hergestellt produzieren produziert hacer hizo hecho producir producción fabricar
own owned owner ownership belong property possess hold owner-occupied besitzen besitzt besaß eigentümer gehören gehört poseer propiedad dueño pertenecer pertenece
buy bought purchase acquire acquisition take_over takeover kaufen gekauft kaufte erwerben erwarb erworben comprar compró adquirir
sell sold sale vendor verkaufen verkauft verkaufte verkauf vender vendió venta
give gave given grant award donate donation confer present hand bestow geben gab gegeben schenken spenden verleihen verliehen vergeben erhalten dar dio donar donó regalar regaló otorgar conceder
receive receipt get got obtain win won earn awarded gain bekommen bekam erhalten erhielt recibir recibió obtener obtuvo ganar
win won victory victor defeat defeated beat beaten overcome gewinnen gewann gewonnen sieg siegen schlagen besiegen ganar ganó victoria vencer derrotar
lose lost loss forfeit verlieren verlor verloren verlust perder perdió pérdida
die died death dead deadly perish pass_away fatality sterben starb gestorben tod tot morir murió muerte fallecer falleció muerto
kill killed killing murder slay slain death massacre töten getötet ermorden matar mató asesinar
bear born birth birthplace native geboren geburt nacer nació nacido nacida nacimiento
marry married marriage wed wife husband spouse heiraten heiratete ehe verheiratet casarse casó esposa esposo matrimonio
live lived resident reside residence inhabitant dwell population people home leben lebte wohnen bewohner einwohner bevölkerung vivir vive habitante población residir vecino
house housed accommodate hold held home beherbergen albergar
contain include comprise consist encompass hold have feature enthalten umfassen umfasst beinhalten bestehen contener incluir comprender reunir reúne constar
lead led leader head headed director direct manage manager chief chair run govern rule leiten leitete leiter leiterin leitung chef dirigir dirigió director directora jefe encabezar
rule ruled ruler reign govern king queen emperor monarch throne herrschen regieren regierte reinar reinó gobernar rey
govern government regime administration authority cabinet regierung gobierno autoridad
succeed succeeded successor follow followed replace take_over nachfolger nachfolgen folgen folgte suceder sucesor seguir
predecessor precede former previously vorgänger vorher zuvor predecesor anterior
replace replacement substitute supersede swap ersetzen ersetzt ersatz reemplazar sustituir
rise rose risen increase increased grow grew grown growth climb gain up surge expand expansion add steigen stieg gestiegen anstieg zunehmen zunahme wachsen wuchs wachstum erhöhen erhöht aumentar aumentó aumento crecer creció crecimiento subir subió
fall fell fallen decrease decline drop shrink shrank shrunk reduce reduction cut lower down dwindle less sinken sank gesunken rückgang fallen fiel gefallen abnehmen senken reduzieren caer cayó bajar bajó disminuir reducir redujo descenso
change changed alter alteration modify modification vary shift adjust ändern geändert änderung verändern cambiar cambió cambio modificar
rename renamed name named call called dub known_as title entitled label term nennen nannte genannt heißen hieß name umbenannt bezeichnen llamar llamó llamado nombre denominar conocer conocido
describe described description characterise characterize label call depict portray beschreiben beschrieb beschrieben bezeichnet describir describió
say said state stated statement tell told declare announce claim report inform confirm assert maintain according sagen sagte gesagt erklären erklärte mitteilen melden laut zufolge angaben decir dijo dicho declarar anunciar afirmar informar según
show showed shown demonstrate indicate reveal display exhibit exhibition present zeigen zeigte gezeigt ausstellen ausstellung mostrar mostró exponer exposición indicar
write wrote written writer author pen compose composer schreiben schrieb geschrieben verfassen autor escribir escribió escrito autor
publish published publication publisher release issue print veröffentlichen veröffentlicht herausgeben herausgegeben erscheinen erschien erschienen publicar publicó publicado editar aparecer
release released introduce introduced introduction launch unveil debut bring_out come_out roll_out einführen eingeführt einführung presentar introducir lanzar lanzó
design designed designer architect plan draft draw_up devise entwerfen entwarf entworfen entwurf architekt diseñar diseñó proyectar proyectado arquitecto
invent inventor invention devise create pioneer erfinden erfand erfunden erfindung inventar inventó
discover discovered discovery find found detect entdecken entdeckte entdeckt entdeckung finden fand gefunden descubrir descubrió hallar encontrar
use used usage utilise utilize employ apply application operate nutzen genutzt benutzen verwenden verwendet nutzung anwenden usar usó uso utilizar emplear
work worked serve served service employ employee job staff post position labour labor workforce arbeiten arbeitete gearbeitet arbeit beschäftigen beschäftigt mitarbeiter stelle amt dienen trabajar trabajó trabajo empleado puesto servir
worker workers laborer labourer workman employee
hire recruit appoint appointment name elect einstellen ernennen ernannt berufen nombrar contratar
elect election vote voter voting poll ballot referendum wählen gewählt wahl abstimmen abstimmung elegir elección votar voto
reject rejected rejection refuse refusal deny denial decline turn_down vote_down ablehnen abgelehnt lehnen verweigern rechazar rechazó negar denegar
accept accepted approve approval agree consent adopt endorse back permit grant zustimmen zustimmung stimmt genehmigen genehmigung annehmen akzeptieren aceptar aprobar aprobación
allow allowed permit let enable authorise authorize permission license erlauben erlaubt zulassen gestatten ermöglichen permitir permitió autorizar
forbid forbade forbidden ban prohibit bar outlaw disallow verbieten verboten untersagen prohibir prohibió
require required requirement need necessary necessity must mandatory compulsory demand erfordern erforderlich benötigen nötig müssen muss requerir requiere necesitar necesario deber exigir
ask asked request requested demand appeal call_for invite bitten bat fragen fragte anfordern beantragen pedir pidió solicitar solicitud preguntar
answer reply respond response antworten antwort responder respuesta
adopt adopted adoption introduce take_up currency übernehmen einführen adoptar
use currency euro money
decide decision determine resolve rule choose chose chosen choice select selection pick opt entscheiden entschied entschieden entscheidung beschließen beschloss wählen decidir decidió decisión elegir escoger
plan planned planning intend intention propose proposal scheme envisage schedule expect planen geplant plan vorhaben planear planea prever previsto proyecto
expect expected expectation anticipate forecast predict projection estimate erwarten erwartet erwartung prognose esperar espera prever pronóstico
estimate estimated estimation approximate approximately reckon calculate put schätzen geschätzt schätzung estimar estima calcular
count counted number total amount sum zählen zählte zahl anzahl gesamt contar número cantidad total
measure measured measurement size long length span messen maß länge lang medir medida largo longitud
length long länge lang longitud largo
width wide breadth broad breite breit ancho anchura
height high tall elevation höhe hoch altura alto
depth deep tiefe tief profundidad profundo
weight weigh heavy gewicht wiegen schwer peso pesar
age old aged alter alt edad antiguo
cost costs costed price priced priced expense expensive charge fee pay kosten kostet kostete preis costar costó coste costo precio gasto
cheap inexpensive low-cost billig günstig barato
expensive dear costly pricey teuer caro
pay paid payment fund funded funding finance financed spend spent expenditure contribute contribution bear cover foot zahlen zahlte bezahlt zahlung finanzieren finanziert ausgeben tragen trug beisteuern steuerte_bei beitrag pagar pagó pago financiar aportar gastar sufragar correr_por_cuenta corrieron_por_cuenta
earn earned earning profit income revenue make turnover verdienen gewinn einnahmen einkommen umsatz erlös ganar ingreso beneficio ganancia
profit surplus gain earnings gewinn überschuss beneficio
debt loan bond bonds borrow owe liability schulden kredit anleihe deuda préstamo bono
budget finance haushalt etat presupuesto
tax taxation levy duty rate steuer impuesto
fee due charge tariff toll gebühr tarif cuota tarifa
customer client consumer user kunde nutzer cliente usuario
visitor visit attend attendance guest tourist come besucher besucherin besuchen besuchte gast visitante visitar asistir acudir acudió acudieron asistencia
attract draw drew drawn anziehen atraer
help assist assistance aid support contribute helfen hilfe unterstützen unterstützung ayudar ayuda apoyar apoyo
support supported back backing endorse
supply supplied provide provision deliver delivery offer furnish equip carry liefern lieferte versorgen bereitstellen zur_verfügung bieten anbieten suministrar abastecer proveer ofrecer ceder
carry carried transport convey haul ship deliver bring brought move tragen transportieren befördern bringen brachte llevar transportar traer
handle handled move moved process treat throughput umschlagen abwickeln manejar tratar
send sent dispatch transmit mail ship senden gesendet schicken enviar envió
take took taken seize seized capture captured occupy occupied conquer conquest invade fall nehmen nahm erobern erobert besetzen besetzt einnehmen tomar tomó capturar ocupar conquistar
attack attacked assault raid offensive strike invade invasion angreifen angriff überfallen atacar ataque invadir
sack sacked plunder loot pillage plündern saquear
fight fought fighting battle combat war clash kampf kämpfen schlacht krieg luchar lucha batalla combate guerra
defend defended defense defence protect protection guard safeguard verteidigen schützen schutz defender proteger
destroy destroyed destruction demolish ruin raze wreck zerstören zerstört zerstörung vernichten destruir destruyó demoler
damage damaged harm hurt impair injure affect beschädigen beschädigt schaden schäden dañar dañó daño
overthrow overthrew overthrown topple bring_down brought_down oust depose stürzen gestürzt derrocar
coup putsch seize_power seized_power takeover golpe
expel expelled expulsion drive_out driven_out drove_out eject deport banish evict vertreiben vertrieben expulsar
retreat withdraw withdrew withdrawn withdrawal pull_back pull_out leave abandon rückzug zurückziehen retirarse
abandon abandoned give_up leave left desert quit aufgeben aufgegeben verlassen verließ abandonar dejar
stop halt blunt check block prevent hinder aufhalten stoppen detener parar
prevent avoid avert hinder keep_from verhindern vermeiden impedir evitar
flee fled escape fliehen floh flüchten huir huyó escapar
move moved relocate transfer migrate shift ziehen zog umziehen verlegen mudarse mudó trasladar
go went gone travel journey trip gehen ging reisen ir viajar
come came arrive arrival reach kommen kam ankommen llegar llegó venir
reach reached attain amount hit achieve total top exceed erreichen erreichte betragen betrug alcanzar llegar ascender
exceed exceeded surpass pass top more_than above beyond over übersteigen übertreffen superar exceder
leave left depart departure exit verlassen abfahren salir dejar partir
enter entered entry join access eintreten betreten entrar ingresar
join joined member membership accede accession enter part beitreten mitglied unirse miembro
meet met meeting conference assembly gather treffen traf sitzung reunión reunirse
agree agreed agreement treaty accord pact deal contract armistice vereinbaren vereinbarung vertrag acuerdo tratado convenio
sign signed signature unterzeichnen unterschreiben firmar firmó
negotiate negotiation negotiations talks talk discuss discussion verhandeln verhandlung negociar negociación
prison prisoner jail imprison captive detain detention arrest gefängnis gefangen verhaften verhaftet prisión preso detener detenido detenida encarcelar
free freed release liberate liberation freilassen befreien befreit liberar liberado liberada
hide hid hidden conceal verstecken versteckt esconder escondió escondido escondida
save saved rescue rescued preserve retten gerettet salvar salvó
keep kept retain maintain preserve hold behalten behielt bewahren halten mantener conservar guardar
protect preserve conserve conservation
restore restored restoration renovate renovation refurbish rehabilitate repair mend fix restaurieren sanieren reparieren wiederaufbau wiederherstellen reparar reparación arreglo restaurar renovar
improve improvement better enhance upgrade verbessern mejorar
add added additional addition extra append plus hinzufügen ergänzen añadir agregar adicional
remove removed removal delete eliminate take_out drop strip entfernen entfernt löschen eliminar quitar
delete erase
de-list delisted lose_status lost_status strike_off
list listed listing register registered inscribe enrol put_on aufführen eingetragen liste listar inscribir
record recorded register log note aufzeichnen verzeichnen registrar
rank ranked ranking place position rate
draw drew drawn consume use
consume consumption use usage verbrauch verbrauchen consumir consumo
charge charging charger recharge laden aufladen cargar
bill billed invoice charge
deliver output supply current
declare declaration proclaim announce erklären ausrufen declarar proclamar
promise pledge commit versprechen prometer
describe call brand
believe think consider regard view see saw seen deem hold glauben meinen halten betrachten gelten creer pensar considerar ver
know knew known aware learn discover find kennen wissen saber conocer
see saw seen view observe witness sehen sah gesehen ver vio
teach taught teacher instruct instructor educate education school lehren lehrer lehrerin unterrichten enseñar maestra maestro profesor
study studied student learn learned research researcher investigate studieren studium forschen forschung estudiar estudio investigar
graduate graduated degree alumnus diploma
play played player perform performance act actor actress star starring appear spielen spielte schauspieler jugar jugó actuar actor
sing sang sung singer song vocalist vocal singen sänger lied cantar canción
direct directed director filmmaker
film movie picture feature película
series show programme program
book volume title novel work copy buch bücher band bände libro volumen ejemplar
picture image photograph photo fotografía aufnahme aufnahmen fotografie fotografien bild foto imagen
map plan karte mapa
newspaper paper daily journal zeitung diario periódico
child children kid son daughter kind kinder hijo hija niño
parent father mother eltern padre madre
brother sister sibling
person people man woman human resident persona gente person personen mensch menschen
woman women female frau frauen mujer
man men male mann männer hombre
soldier troop troops army force forces military personnel soldat truppe soldado tropa ejército
aircraft plane airplane aeroplane jet machine flugzeug avión
air_force air_cover aircraft
ship vessel boat schiff barco buque
car cars vehicle vehicular automobile motor auto fahrzeug coche vehículo
train railway rail railroad bahn eisenbahn tren ferrocarril
road street highway route straße carretera calle
walk foot pedestrian pedestrians walker people_on_foot fußgänger peatón
cycle bicycle bike cyclist bicyclist cyclists radfahrer fahrrad bicicleta ciclista
cross crossing traverse traversable traversed span spanning bridge überqueren cruzar
carry bridge span
house home dwelling residence building residential haus gebäude casa edificio vivienda
building structure edifice construction facility premises gebäude bau edificio
site location place situated located spot place stand lie lies ort lage standort gelegen sitz lugar sitio ubicado situado sede
city town municipality urban stadt gemeinde ciudad municipio municipalidad
village hamlet settlement dorf pueblo aldea
country nation state land republic staat país nación
county district region province area zone region provinz gebiet provincia región zona
area region territory surface fläche gebiet superficie área
border frontier boundary grenze frontera
river stream creek fluss río
mountain hill peak mount berg montaña
coast shore seaside küste costa
harbour harbor port dock hafen puerto
company firm corporation business enterprise group unternehmen firma gesellschaft empresa compañía
organisation organization body institution agency association organisation einrichtung verein organización institución
company brand maker
foundation trust stiftung fundación
museum gallery
library archive bibliothek archiv biblioteca
award prize honour honor medal preis auszeichnung premio
law act legislation statute bill rule gesetz ley
court judge trial tribunal gericht tribunal
constitution verfassung constitución
rule regulation norm
policy programme strategy
problem issue difficulty trouble
effect impact consequence result outcome influence auswirkung folge efecto consecuencia resultado
cause caused reason because trigger lead_to bring_about ursache verursachen grund causa causar motivo
due owing because thanks_to result_of wegen aufgrund durch debido gracias
aim goal purpose target objective ziel zweck objetivo meta
method way approach technique means
kind type sort category class art typ tipo clase
part portion share piece section component segment teil anteil parte porción
most majority mostly mainly predominantly largely chiefly bulk primarily meist mehrheit hauptsächlich überwiegend mayoría principalmente
half 50_percent hälfte mitad
all every entire whole each total complete alle ganz sämtlich todo todos toda todas entero
some several various few einige mehrere algunos varios
many numerous multiple lots plenty viele zahlreich muchos numerosos
big large huge great giant gigantic major sizable massive vast groß riesig grande enorme gran
biggest largest greatest größte mayor
small little tiny minor modest klein pequeño
long lengthy extended
short brief kurz corto breve
fast quick rapid rapidly swift speedy schnell rasch rápido
slow slowly langsam lento
new newly recent modern novel fresh neu nuevo reciente moderno
old ancient former historic historical aged older alt ehemalig historisch antiguo viejo
former formerly previous previously ex-past old once originally ehemals früher ehemalig anterior antiguo
current currently present now today presently nowadays heute aktuell derzeit gegenwärtig actual actualmente hoy ahora
last latest final most_recent recent newest letzte letzter jüngste último última
first initial original originally earliest maiden erste erster ersten erstmals zuerst primer primero primera primeros
only sole solely single exclusively just merely nur einzige ausschließlich solo sólo único única únicamente
oldest earliest first älteste
early earlier beginning frühe früh temprano
late later subsequent subsequently afterwards then spät später danach anschließend tarde después posteriormente
soon shortly quickly promptly bald kurz pronto poco
ago earlier before
often frequently commonly regularly usually typically oft häufig meistens a_menudo frecuentemente
usually normally generally typically
never nie niemals nunca jamás
always ever invariably immer stets siempre
nearly almost close_to just_under virtually fast beinahe knapp nahezu casi cerca
about around roughly approximately some circa ca near etwa rund ungefähr zirka unos unas alrededor aproximadamente
important significant major key crucial principal main wichtig bedeutend importante principal
main chief principal primary major haupt principal
popular favourite well-known famous renowned notable known celebrated bekannt beliebt berühmt famoso conocido popular
strong powerful robust stark fuerte
hard difficult tough schwer schwierig difícil
easy simple straightforward einfach leicht fácil sencillo
possible may can might could feasible können kann könnte möglich poder puede podría posible
impossible cannot unable neither unmöglich imposible
unclear unknown uncertain unsure not_known unklar unbekannt
public state communal öffentlich público
local nearby regional area neighbourhood örtlich lokal local
foreign overseas international abroad ausländisch extranjero
national nationwide country domestic
official formal formally
common shared joint mutual
separate divided apart split distinct getrennt separado
different distinct various unlike anders verschieden diferente
same identical equal equally gleich identisch derselbe mismo igual
similar alike like comparable ähnlich parecido similar
whole overall total complete
free gratis no_charge kostenlos frei gratis gratuito
empty vacant leer vacío
full complete entire voll lleno completo
dead abandoned defunct
default standard unless_changed unless_configured by_default otherwise preset
return returns yield yields output give produce result
return_value result
array list
option setting parameter argument flag
set configure configured configuration
enabled on true active activate switch_on switched_on turned_on
disabled off false inactive deactivate switch_off switched_off turned_off
function method procedure routine
object instance
call invoke invocation execute run
wait delay timeout pause interval
attempt try tries retry retries trial versuch intento
fail failed failure error crash unsuccessful fehler scheitern fallo fallar
error exception fault
maximum max most at_most upper limit up_to no_more_than cap ceiling höchstens maximal máximo
minimum min at_least least lower floor no_less_than mindestens minimal mínimo
default_value default
convert conversion transform translate turn
override overridden overrule precedence supersede take_precedence
ignore disregard skip
install installation setup
update upgrade revise
delete destroy
version release edition
support compatible works_with
element tag node
preserve keep retain
multiply double twice doubled verdoppeln doblar
double twice two-fold doubled doppelt verdoppelt doble
triple three-fold dreifach
factor multiplier
internally internal inside
document documentation manual guide
water_supply supply drinking
leak leakage
reservoir
employ employees post posts job jobs seat
seat seats place
tonne ton tons t tonnen toneladas
population inhabitants residents people
ethnic minority nationality nationalities group
religion faith church
massacre atrocity killings
illness disease sick sickness condition krankheit enfermedad
doctor physician medic arzt médico
hospital clinic krankenhaus hospital
treat treatment therapy cure
food meal eat nutrition
drink beverage
weather climate
fire blaze brand feuer incendio fuego
flood flooding inundation hochwasser überschwemmung inundación
earthquake quake tremor erdbeben terremoto
storm hurricane cyclone tempest
trade commerce commercial handel comercio
export ship_abroad
market marketplace sales
industry industrial sector
energy power electricity
team club side squad mannschaft equipo
match game contest fixture spiel partido juego
season year campaign saison
title championship crown trophy meisterschaft campeonato
score goal point tor gol
coach trainer manager
home base based headquarters headquartered seat
musician artist band group
album record disc
painter artist painting paint maler pintor
tower steeple turm torre
church cathedral chapel kirche iglesia
castle fortress palace fort schloss burg castillo palacio
wall fortification mauer muro muralla
bridge brücke puente
tunnel
garden park garten parque jardín
school academy college schule escuela colegio
university universität universidad
scientist researcher scholar
idea concept notion
speak spoke spoken speech language sprechen sprach hablar
read reading lesen las leer
eat ate eaten
grow cultivate farm
farmer farm agriculture agricultural
animal species creature
tree wood forest
wood wooden timber
stone rock granite
iron steel metal
gold golden
network grid system
system scheme
role part function
member seat
secret secretly covert covertly clandestine
sudden suddenly unexpected unexpectedly surprise
independent independence unabhängig unabhängigkeit independiente independencia
democratic democracy
tradition traditional
culture cultural
history historical historic
science scientific
politics political politician
economy economic economics
education educational
origin come_from derive derived stem descend from
derive derived come_from comes_from origin
mean meaning means literally translate signify bedeuten bedeutet significar
spell spelling spelled
resemble like
connect connected connection link linked join
divide divided split separate share
gather assemble collect collection
collect collection sammlung sammeln colección
donor gift donated
originally initially at_first first
temporary interim provisional
permanent lasting
forced compelled obliged
refuse unwilling
claim allege alleged
deny refute reject
citizen citizenship
suffer undergo experience
overwhelm overrun
exhaust exhausted deplete run_out
replace renew renewed
want wish wanted intend plan hope seek desire wollen querer desear
shoot shot fire fired firing range schießen disparar
remain remained stay stayed continue keep bleiben blieb permanecer seguir quedar
continue go_on carry_on proceed persist resume weitergehen fortsetzen continuar proseguir
wait waited delay delayed postpone late later planned warten espera
export abroad overseas foreign ausland ausfuhr exportación extranjero
free gratis no_charge no_cobra free_of_charge kostenlos zahlen_nichts freien gratuito gratuita
reach sum total alcanzar alcanzó alcanzaron sumar sumó sumaron ascender
online net internet web netz abrufbar
afterwards then next following day_after
undermine undermining weaken erode damage harm hurt impair wear_down schwächen beschädigen debilitar dañar affaiblir endommager
reconsider revisit take_up_again rethink review discuss_again
hope hoped want wanted wish wished desire aspire would_like intend wünschen wollte möchte hoffen desear quería querer souhaiter vouloir
train trained study studied learn learnt apprentice educate education school lernen lernte studieren studierte ausbildung estudiar estudió aprender étudier formation
burn burned burnt fire blaze flame destroyed_by_fire brennen verbrannte brand feuer incendio arder quemar incendie brûler
safe survive survived unharmed intact unscathed spared preserve preserved überleben unversehrt sobrevivir intacto épargné
optional voluntary by_choice freiwillig voluntario facultatif volontaire
soon sooner early earlier früh früher pronto antes tôt
worker workers staff employee employees personnel workforce labour labor job jobs mitarbeiter beschäftigte angestellte lehrkraft lehrkräfte personal empleado empleados trabajador plantilla employé employés salarié emploi stelle poste
track tracked follow followed monitor observe watch surveil beobachten verfolgen seguir observar suivre observer
manual manually by_hand themselves oneself
freeze block blocked hang stall
crash failure bug fault error defect problem issue absturz fehler fallo error panne
sceptical skeptical doubt doubts doubtful unconvinced question zweifeln zweifelt dudar douter
earn income wage salary pay paid paying lohn gehalt bezahlen zahlen bezahlt salario sueldo cobrar cobrarán pagar pagó pagará salaire payer verser versé
fund funded finance financed pay_for paid_for bankroll sponsor subsidise subsidy grant cover foot_the_bill finanzieren finanziert zuschuss übernehmen übernimmt financiar costear correr_a_cargo subvención financer subvention financement
permit permission allow let authorise authorize licence license approve approval erlaubnis genehmigung erlauben genehmigen billigen gebilligt zugelassen permiso licencia permitir autorizar permis autoriser autorisation
refuse reject decline deny turn_down turned_down vote_down voted_down throw_out thrown_out dismiss rebuff ablehnen lehnte_ab abgelehnt zurückweisen rechazar rechazó rechazaron refuser refusé rejeter
shop shops store retailer merchant trader dealer seller business händler geschäft geschäftsleute laden kaufleute tienda comercio comerciante comerciantes comercios magasin boutique commerçant librairie
sales turnover revenue umsatz umsätze umsatzverlust umsatzverluste ventas ingresos facturación  recettes
fail failed unsuccessful failure scheitern scheiterte gescheitert erfolglos misslingen fracasar fracasó échouer échec
insolvent insolvency bankrupt bankruptcy insolvenz pleite quiebra bancarrota concurso faillite
fell felled cut_down chop log fällen gefällt talar taló abattre abattu
drought lack_of_rain dry_spell dürre trockenheit sequía falta_de_lluvia sécheresse
expect expected foresee forecast anticipate predict plan planned erwarten erwartet vorgesehen rechnen befürchten esperar esperado prever previsto prevista attendre prévu prévue
expand expansion enlarge extend extension widen ausbau erweitern vergrößern ampliar ampliación agrandir agrandissement
plot land site ground parcel terrain grundstück gelände terreno solar parcela terrain
owner owns own belong belongs property proprietor eigentümer eigentümerin gehört gehören besitzer dueño propietario pertenecer propriétaire appartenir acheter_acquérir
donor donors patron sponsor benefactor backer mécène mécènes donateur donateurs spender mäzen mecenas donante
restore restoration renovate renovation refurbish repair sanieren sanierung restaurieren renovieren reforma reformar restaurar obras rénover rénovation restaurer restauration travaux
collapse crumble cave_in fall_down einstürzen einsturz derrumbar derrumbarse hundirse effondrer écrouler
automatic automated automation automatisiert automatización automatisé automatisation
inhabit inhabited live occupied bewohnt wohnen habitado habitar vivir habité habiter habite
side_with sided_with in_favour_of find_for rule_in_favour back support uphold
tenant renter leaseholder resident mieter inquilino locataire
lease contract rental_agreement tenancy mietvertrag contrato bail
judgment judgement ruling decision verdict court_decision urteil entscheidung fallo sentencia jugement décision
disagree dissent object differ oppose disagreement
encourage lead_to prompt spur invite trigger
repay pay_back give_back refund reimburse return zurückzahlen erstatten devolver reembolsar rembourser
mention refer cite name bring_up erwähnen mencionar mentionner
level equalise equalize draw tie ausgleichen empatar égaliser
save saved stop stopped block parry
ahead lead led leading in_front
spectator spectators attendance crowd audience visitor visitors turnout zuschauer besucher público asistencia espectador spectateur visiteur
halftime half-time break interval pause
miss missed suspended banned sit_out absent
give_up abandon abandoned desert deserted leave left relinquish step_back quit aufgeben verlassen abandonar abandonner quitter
silt silting silted sediment sedimentation
wood wooden timber post posts pole beam holz madera bois
find found finds discover discovered discovery uncover unearthed come_to_light turn_up turned_up reveal entdecken gefunden descubrir hallar hallazgo découvrir trouvé
trade commerce exchange dealings handel comercio commerce
distance long-distance far remote
indicate point_to suggest suggests show shows evidence sign imply hint anzeichen hinweis deuten indicar sugerir señal indiquer
harbour harbor port dock quay hafen puerto port
dig excavation excavate grabung ausgrabung excavación fouille fouilles
researcher scholar scientist archaeologist academic expert forscher wissenschaftler investigador científico chercheur
merger merge merged take_over acquisition acquire combine fusion fusionieren fusión fusionar
plant factory mill werk fabrik fábrica planta usine
union unions trade_union labour_union gewerkschaft sindicato syndicat
shares stock stocks equity price aktie aktien acciones bolsa actions
regulator authority watchdog competition_authority behörde aufsicht regulador autoridad autorité
pending outstanding yet_to awaited still_to_come undecided offen unentschieden pendiente en_attente
discard throw_out thrown_out throw_away dispose get_rid bin wegwerfen tirar jeter
hungry starve
slow slow_down hold_back hinder inhibit delay delayed postpone postponed put_off put_back retard hamper verzögern verschieben verspätung retrasar aplazar posponer retarder retardé repousser repoussé
fast faster quick quicker rapid speed swift schnell rápido rapide
cold refrigerator fridge chilled cool kühlschrank nevera frío frigo froid
daily every_day once_a_day each_day täglich diario diaria quotidien
warn warned caution alert warnen advertir avertir
close closed shut shuttered schließen cerrar fermer
staff_cut lay_off laid_off dismiss dismissed fire fired sack make_redundant entlassen kündigen despedir licencier
station railway rail train trains bahn bahnhof zug züge estación tren trenes ferroviario ferroviaria gare train
stop halt call_at serve parar parada arrêt desservir
return come_back back resume recover restart regain volver regreso recuperar recupera reanudar retour revenir zurückkehren
night nocturnal overnight nacht noche nocturno nocturnos nuit nocturne
only just merely solely nur bloß solo únicamente seulement uniquement
oppose opposed against object objection resist dagegen widersetzen oponer opone en_contra contre opposer
protect protection shield guard safeguard conserve schützen schutz proteger proteja protección protéger
bird birds vogel vögel ave aves pájaro oiseau
give donate donation present gift donar donará regalar regalará entregar ceder cedió cedido schenken spenden offrir don céder
former ex previous old ehemalig früher bisherig alt antiguo ex anterior ancien
rent lease rental miete pacht alquiler renta loyer
expensive dear costly price cost costs cheap cheaper low_cost teuer kosten preis caro coste costo precio cher coûter coûte prix
double twice twofold verdoppeln doppelt doble duplicar double doubler deux_fois
move relocate relocation settle transfer umziehen umzug verlegen trasladar mudarse mudanza déménager installer
fee tuition charge schulgeld gebühr cuota tasa frais
continue go_on last carry_on keep_on extend renew renewed prolong verlängern weiterführen continuar seguir prorrogar renovar continuer prolonger
luck lucky fortunate glück suerte chance
admit concede acknowledge confess say_openly zugeben reconocer admitir admettre reconnaître
injury injured hurt wound doubtful fitness verletzt verletzung lesión lesionado blessure blessé
enough sufficient adequate plenty ample genug genügend ausreichend suficiente bastante suffisant assez
many numerous lots_of a_lot_of plenty viele zahlreich zahlreiche muchos numerosos nombreux
vote votes ballot poll majority abstimmung stimme stimmen votar voto votos voter vote
house houses home homes dwelling haus häuser wohnung casa casas vivienda maison logement
evacuate evacuated leave told_to_leave away_from_home
wash_away washed_away tear_away tore_away carry_off swept_away
notice noticed attention pay_attention recognise recognition bemerken beachtung notar atención reconocimiento remarquer
take_seriously respect esteem recognition
picture painting canvas canvases artwork gemälde bild leinwand cuadro lienzo tableau toile
site place spot location suitable_place ort stelle lugar sitio lieu endroit
rare rarer scarce fewer uncommon selten escaso rare
common frequent abundant häufig común frecuente fréquent
compensate compensation reimburse damages entschädigen entschädigung indemnizar indemnización indemniser
unresolved open unsolved outstanding undecided
responsible in_charge be_behind did wrote made carry_out carried_out
blow blew blown explode explosion detonate
override overrides overrode overridden overrule beat win_over take_precedence prevail
`;
