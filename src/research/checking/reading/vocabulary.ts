/** The same word in English, German and Spanish: data for the citation check, for pages in another language. */

/**
 * One meaning a line, dictionary forms only: inflected ones are found by `inflections.ts`, German compounds by their
 * parts. Words that reports use for one another within a language stand in `synonyms.ts`.
 */
export const VOCABULARY = `
academy akademie academia
accident unfall accidente
address anschrift dirección
agreement abkommen convenio
agriculture landwirtschaft agricultura
air luft aire
airport flughafen aeropuerto
alley gasse callejón
alliance bündnis alianza
angel engel ángel
anniversary jahrestag jubiläum aniversario
apartment flat wohnung piso apartamento
apple apfel manzana
apprentice lehrling auszubildende aprendiz
archaeologist archäologe archäologin arqueólogo arqueóloga
architect architekt architektin arquitecto arquitecta
archive archiv archivo
army armee heer ejército
art kunst arte
assembly versammlung generalversammlung asamblea
association society club verein verband gesellschaft asociación sociedad
asteroid asteroide
astronomer astronom astronomin astrónomo astrónoma
astronomical astronomisch astronómico astronomía astronomie astronomy
atlantic atlantik atlántico
avalanche lawine avalancha alud
baker bakery bäcker bäckerei panadero panadería
baltic ostsee báltico
bank ufer orilla shore
bank sparkasse banco caja
bath baths bad baño termas balneario
battle schlacht batalla
beach strand playa
bear bär oso
beech buche haya
beer brewery bier brauerei cerveza cervecería
bell glocke campana
bicycle fahrrad bicicleta
biologist biologe biologin biólogo bióloga
bird vogel ave pájaro
bishop bischof obispo
board vorstand junta consejo directiva
boat boot barco lancha barca
book buch libro
border grenze frontera
botanical botanisch botánico
botanist botaniker botanikerin botánico botánica
bottle flasche botella
boy junge niño chico
branch filiale sucursal
bread brot pan
bridge brücke puente
brother bruder hermano
budget haushalt etat presupuesto
builder baumeister maestro_de_obras constructor
burial grave tomb grab tumba sepulcro
bus autobús
business betrieb negocio
butter mantequilla
cable seil kabel
cable_car cableway ropeway seilbahn teleférico
campaign kampagne campaña
canal kanal
candle kerze vela
canton kanton cantón
capacity kapazität fassungsvermögen capacidad
capital hauptstadt
capital kapital startkapital
car auto coche automóvil
castle schloss burg castillo
catalogue katalog catálogo
cathedral dom münster kathedrale catedral
cattle cow rind vieh kuh ganado vaca
cave höhle cueva gruta
cellar keller sótano bodega
cemetery graveyard friedhof cementerio
central zentral central
centre center zentrum mitte centro
century jahrhundert siglo
chair chairman chairwoman chairperson vorsitz vorsitzender vorsitzende presidente presidenta
chamber kammer cámara
chapel kapelle capilla
cheese käse käserei queso quesería
chemist chemiker chemikerin químico química
chestnut kastanie castaño
chicken hen huhn gallina
child kind niño niña infantil
chimney schornstein kamin chimenea
choir chor coro
christmas weihnachten weihnacht navidad
church kirche iglesia
citizen bürger bürgerin ciudadano ciudadana
city stadt ciudad
class klasse unterricht clase
clean sauber limpio
clergyman priest pastor pfarrer priester sacerdote cura párroco
climate klima clima
clock uhr reloj
cloister abbey monastery convent kloster abtei convento monasterio abadía
closed geschlossen cerrado
cloud wolke nube
coal kohle carbón
coast küste costa
coffee kaffee café
coin münze moneda
collection sammlung colección
colony kolonie colonia
comet komet cometa
commission committee kommission ausschuss comisión comité
communication kommunikation comunicación
company firma empresa compañía
composer komponist komponistin compositor compositora
computer rechner ordenador
concert konzert concierto
congress kongress congreso
construction bau construcción obra
consumption verbrauch consumo
cooperative genossenschaft cooperativa
copper kupfer cobre
cost kosten coste costo
council rat gemeinderat stadtrat consejo ayuntamiento
country land país
courtyard hof patio
craft craftsman handwerk handwerker artesano artesanía
crew besatzung tripulación
crown krone corona
culture kultur cultura cultural kulturell
customer kunde cliente
dairy molkerei lechería lechero
dam staudamm damm talsperre presa embalse
danger dangerous gefahr gefährlich peligro peligroso
daughter tochter hija
death tod muerte
debt schulden deuda
decade jahrzehnt década decenio
defence verteidigung defensa
degree grad grado
department abteilung departamento
depth tiefe profundidad
deputy stellvertreter stellvertreterin stellvertretend subdirector subdirectora vice
desert wüste desierto
development entwicklung desarrollo
diameter durchmesser diámetro
digital digitise digitize digitised digitized digitalisiert digitalisieren digital digitalizar digitalizado
diocese bistum diözese diócesis
director leiter leiterin direktor direktorin director directora
disabled behindert rollstuhlfahrer discapacitado
disease krankheit enfermedad
distance entfernung distancia
district landkreis kreis bezirk comarca distrito
dog hund perro
dome kuppel cúpula
donation spende donación donativo
door tür tor puerta
drawing zeichnung dibujo
dragon drache dragón
dress kleid vestido
driver fahrer fahrerin conductor conductora
drought dürre sequía
dry trocken seco
duke herzog duque
dune düne duna
dust staub polvo
earth erde tierra
east osten ost este
eagle adler águila
easter ostern pascua
economy wirtschaft economía
edge rand borde
education bildung educación formación
egg ei huevo
elector kurfürst
electric electricity elektrisch strom eléctrico electricidad
elephant elefant elefante
emperor kaiser emperador
employee angestellter angestellte beschäftigte empleado
energy energie energía
engine locomotive maschine lokomotive motor locomotora máquina
engineer engineering ingenieur ingenieurin ingeniero ingeniera ingeniería
entrance eingang entrada
entry admission eintritt entrada acceso
environment umwelt medio_ambiente
equipment ausrüstung anlage equipo equipamiento
evening abend abendlich noche tarde
event veranstaltung ereignis evento acontecimiento
excavation ausgrabung excavación
exhibition ausstellung exposición
expert fachmann experte expertin experto experta
export exportación
eye auge ojo
face gesicht cara
factory fabrik fábrica
fair messe feria
family familie familia
farm bauernhof hof granja finca
farmer bauer landwirt agricultor campesino
father vater padre
ferry fähre transbordador
festival fest festspiele fiesta
field feld acker campo
film movie película cine
finance financing finanzierung financiación
finger dedo
fire brand feuer incendio fuego
fire_brigade feuerwehr bomberos
fish fishing fisherman fisch fischer fischerei pez pescado pesca pescador
flag fahne flagge bandera
flat flach llano
flood hochwasser flut überschwemmung inundación riada
floor storey stockwerk etage planta piso
flower blume flor
football fußball fútbol
forest wald bosque forestal
forestry forst montes
fortress festung fortaleza
foundation stiftung fundación
fountain spring brunnen quelle fuente manantial
fox fuchs zorro
freedom liberty freiheit libertad
frog frosch rana
fruit obst frucht fruta
fungus mushroom pilz hongo seta
mycologist pilzforscher pilzforscherin micólogo micóloga
furniture möbel mueble
gallery galerie galería besuchergalerie
garden gardener garten gärtner jardín jardinero
gas gasometer
gate tor puerta portón
geologist geologe geologin geólogo geóloga
girl mädchen niña chica
glacier gletscher glaciar
glass glas vidrio cristal
goat ziege cabra
god gott dios
gold oro
goods freight güter fracht mercancía carga
government regierung gobierno
grain corn korn getreide grano cereal
granite granit granito
grape vine vineyard traube rebe weinberg uva vid viñedo
grass gras hierba
greenhouse glasshouse hothouse gewächshaus treibhaus invernadero estufa
ground boden suelo
group gruppe grupo
growth wachstum crecimiento
guard wache guardia
guest gast huésped
guide guided führer führung guía guiado visita
guild zunft gremio
hail hailstorm hagel granizo granizada
hall saal halle sala salón
hand mano
harbour port hafen puerto
head kopf cabeza
headmaster rektor schulleiter
health gesundheit salud sanidad
heart herz corazón
heat warmth wärme hitze calor
heating heizung calefacción
hectare hektar hectárea
heir heritage inheritance erbe erbschaft patrimonio herencia
world_heritage welterbe weltkulturerbe patrimonio_mundial patrimonio_de_la_humanidad
herb kraut hierba
herbarium herbar herbario
hill hügel colina cerro
historian historiker historikerin historiador historiadora
history geschichte historia
holiday vacation ferien urlaub vacaciones
honey bee beekeeper honig biene imker miel abeja apicultor
horse pferd caballo
hospital krankenhaus klinik
hostel herberge jugendherberge albergue
hour stunde hora
house haus casa
hunter hunting jäger jagd cazador caza
ice eis hielo
inn gasthof gasthaus wirtshaus posada mesón venta
income revenue einnahmen ingresos
independence unabhängigkeit independencia
industrialist unternehmer unternehmerin fabrikant industrieller industrial empresario empresaria
industry industrie industria
injured verletzt herido
insect insekt insecto
institute institut instituto
instrument instrumento
insurance versicherung seguro
international internacional
interruption unterbrechung interrupción
interval abstand intervalo
invention erfindung invención invento
iron eisen hierro
island insel isla
jesuit jesuit jesuita
journalist periodista
journey trip reise fahrt viaje
judge richter richterin juez jueza
key schlüssel llave
kilo kilogram kilogramm kilogramo
kilometre kilometer kilómetro
king könig rey
kitchen küche cocina
knight ritter caballero
laboratory labor laboratorio
labourer day-labourer arbeiter obrero jornalero
lake see lago laguna
lamp lampe lámpara
land ground grundstück gelände terreno
landscape landschaft paisaje
language sprache lengua idioma
lavender lavendel lavanda
law lawyer recht gesetz anwalt anwältin derecho ley abogado abogada
lead blei plomo
league liga bund
leather leder cuero
left link izquierdo
legend sage leyenda
length länge longitud
letter brief carta
library librarian bibliothek bibliothekar bibliothekarin biblioteca bibliotecario bibliotecaria
licence permit permission genehmigung bewilligung erlaubnis baubewilligung baugenehmigung permiso licencia
lift elevator aufzug schrägaufzug ascensor elevador
light licht luz
lighthouse leuchtturm faro
lime linden linde tilo
line route linie strecke línea ruta
lion löwe león
loaf wheel laib hogaza
loss verlust pérdida
machine maschine máquina
magistrate mayor bürgermeister bürgermeisterin alcalde alcaldesa
majority mehrheit mayoría
man mann hombre
manager managing_director geschäftsführer geschäftsführerin gerente
map karte mapa
marble marmor mármol
marquess marquis marquise marchioness marqués marquesa
mask máscara maske
master meister maestro
mathematician mathematiker mathematikerin matemático matemática
mayor bürgermeister alcalde
meadow wiese prado pradera
meat fleisch carne
medal medaille medalla
mediterranean mittelmeer mediterráneo
meeting sitzung reunión
member mitglied miembro socio
memorial monument denkmal mahnmal monumento
merchant kaufmann händler comerciante mercader
metal metall
meteorological meteorologisch meteorológico wetterwarte
metre meter metro
middle_ages mittelalter edad_media
midnight mitternacht medianoche
mill müller mühle molino molinero
milk milch leche
mine mining miner bergwerk bergbau bergmann mina minería minero
mineral
minister ministry minister ministerin ministerium ministro ministra ministerio
minute minuto
model modell modelo
money geld dinero
monk mönch monje
month monat mes
moor bog moor hochmoor turbera
moss moos musgo
moss_specialist mooskundler mooskundlerin
mother mutter madre
motorway highway autobahn autopista
mountain berg gebirge montaña sierra monte
mouse maus ratón
mud schlamm barro lodo
municipality gemeinde municipio municipal
museum museo
music musician musik musiker musikerin música músico
name namen nombre
nature natur naturaleza natural
navy marine armada
neighbour neighbouring nachbar nachbarschaft vecino
network netz red
new neu nuevo
newspaper zeitung periódico diario
night nacht noche nocturno
noise lärm ruido
noon midday mittag mediodía
north norden nord norte
notebook heft cuaderno
nun nonne monja
nurse krankenschwester pfleger enfermera enfermero
oak eiche roble encina
observation beobachtung observación
observatory sternwarte observatorium observatorio
observer beobachter beobachterin observador observadora
ocean ozean océano
office büro oficina
oil öl aceite petróleo
heating_oil heizöl gasóleo
olive olivo aceituna
opera oper ópera
opening eröffnung inauguración
orange naranja
orchard obstgarten huerto
orchestra orchester orquesta
organ orgel órgano
organisation organización
organist organista
otter nutria fischotter
owner eigentümer besitzer inhaber propietario dueño
page seite página
painter painting maler malerin gemälde pintor pintora pintura cuadro
palace palast palacio
paper papier papel
parish pfarrei parroquia
park parque
parliament parlament landtag bundestag parlamento
part teil parte
partner socio
pass pass puerto
passenger fahrgast passagier pasajero viajero
path trail weg pfad sendero camino
patient paciente
peace frieden paz
pear birne pera
peasant bauer campesino
people volk leute pueblo gente
percent prozent por_ciento
pharmacist pharmacy apotheker apothekerin apotheke pharmazie farmacéutico farmacéutica farmacia
photograph photographer foto fotograf fotografin fotografía fotógrafo fotógrafa
physicist physics physiker physikerin physik físico física
physician doctor arzt ärztin médico médica
pianist piano klavier pianist pianistin pianista
pig schwein cerdo
pilgrim pilgrimage pilger wallfahrt peregrino peregrinación romería
pilot piloto
pine kiefer pino
pipe rohr leitung tubería
place platz ort lugar plaza
plague pest peste
plain ebene llanura
plan plan
planet
plant pflanze planta
plate platte placa
play stück obra
player spieler spielerin jugador jugadora
poet poetry dichter dichterin gedicht poeta poesía
poison gift veneno
pole polo
police polizei policía
politician politiker politikerin político política
pond teich estanque
pool swimming_bath schwimmbad becken piscina
poor arm pobre
pope papst papa
population bevölkerung población
post post correo
potato kartoffel patata papa
pottery potter töpfer töpferei keramik cerámica alfarero
pound pfund libra
power macht poder
precipitation rain rainfall niederschlag regen precipitación lluvia
president präsident präsidentin presidente presidenta
press presse prensa
prince fürst prinz príncipe
printer printing drucker druckerei impresor imprenta
prison gefängnis prisión cárcel
prize award preis premio
procession prozession procesión
production produktion producción
professor professorin profesor profesora catedrático
profit gewinn beneficio
project projekt vorhaben proyecto
province provinz provincia
psychologist psychologe psychologin psicólogo psicóloga
publisher publishing_house verlag editorial
pump pumpanlage pumpe bomba
pupil student schüler schülerin alumno alumna
purchase kauf compra
quarry steinbruch cantera
quarter viertel cuarto
queen königin reina
rabbit kaninchen hase conejo
radio rundfunk
radio_telescope radioteleskop radiotelescopio
railway eisenbahn bahn ferrocarril ferroviario
rain regen lluvia
raven crow rabe cuervo
reading messung ablesung lectura
record rekord récord
rector rektor rektorin rector rectora
reef riff arrecife
reflector reflektor
reform reforma
region región
regional
religion religión
rent miete alquiler
report bericht informe
republic republik república
rescue rettung rescate
research researcher forschung forscher forscherin forschungs investigación investigador investigadora
reserve schutzgebiet reservat reserva
reservoir stausee speicher embalse
restaurant gaststätte restaurante
result ergebnis resultado
retirement pension ruhestand rente jubilación pensión
revenue umsatz ventas facturación
rice reis arroz
rich reich rico
ridge grat cresta
right recht derecho
ring anillo
river fluss río
road straße carretera camino
robot roboter robot robótico robotic
rock fels felsen roca
roman römisch römer romano
roof dach tejado techo
room zimmer raum habitación sala cuarto
rope seil cuerda
rose rosa
royal königlich real
ruin ruine ruina
sailor matrose seemann marinero
saint sankt heilig san santo santa
salary gehalt sueldo salario
salt salz sal
salt_mine salzbergwerk
rock_salt steinsalz
sample probe muestra
sand arena
scale maßstab escala
school schule escuela colegio schulisch escolar
science wissenschaft ciencia científico wissenschaftlich scientific
scientist wissenschaftler wissenschaftlerin científico científica
sculptor sculpture bildhauer bildhauerin skulptur escultor escultora escultura
sea meer mar
seal siegel sello
season saison temporada
second sekunde segundo
secretary sekretär sekretärin secretario secretaria
seed samen saat saatgut semilla
senate senat senado
sensor
series serie
servant diener criado sirviente
service dienst servicio
sewage wastewater abwasser aguas_residuales
shaft pozo schacht
share anteil aktie acción
sheep schaf oveja
sheet bogen pliego blatt hoja
shell muschel concha
shepherd schäfer hirte pastor
ship schiff buque barco
shipyard werft astillero
shop laden geschäft tienda
show vorführung schau espectáculo
side seite lado
silk seide seda
silver silber plata
singer sänger sängerin cantante
sister schwester hermana
site standort emplazamiento
ski skiing esquí
sky himmel cielo
slaughterhouse matadero schlachthof
sleep schlafen dormir
slide rutsche holzrutsche tobogán
smoke rauch humo
snake schlange serpiente
snow schnee nieve
society gesellschaft sociedad
soil boden suelo
soldier soldat soldado
song lied canción
son sohn hijo
south süden süd sur
speaker redner sprecher sprecherin portavoz
speech rede discurso
speed geschwindigkeit velocidad
spider spinne araña
square platz plaza
squirrel eichhörnchen ardilla
stable stall establo
staff personnel personal belegschaft plantilla
stage bühne escenario
stall stand puesto
star stern estrella
state staat staatlich estado estatal
station bahnhof estación
station messstation warte estación
statue estatua
steam dampf vapor
steel stahl acero
steep steil empinado
stone stein piedra
stork storch cigüeña
storm sturm unwetter gewitter tormenta temporal
strait estrecho meerenge
street straße calle
strike streik huelga
student studentin estudiante
studio atelier estudio taller
success erfolg éxito
sugar zucker azúcar
summer sommer verano
summit peak gipfel cumbre cima
sun sonne sol
supply versorgung suministro abastecimiento
surgeon chirurg chirurgin cirujano cirujana
survey umfrage encuesta
swan schwan cisne
swimmer swim schwimmer nadador nadar
table tisch mesa
tailor schneider sastre
tannery gerberei gerber curtiduría
tavern kneipe taberna
tax steuer impuesto
tea tee té
teacher lehrer lehrerin maestro maestra profesor profesora
team mannschaft equipo
technique technical technik technisch técnica técnico
telescope teleskop fernrohr telescopio
temperature temperatur temperatura
temple tempel templo
tenant mieter pächter inquilino arrendatario
tent zelt tienda_de_campaña
term amtszeit mandato
terrace terrasse terraza
theatre theater teatro
therapy therapie terapia
thesis dissertation doktorarbeit tesis
thousand tausend mil
ticket karte fahrkarte eintrittskarte billete
tide gezeiten marea
time zeit tiempo
tin zinn estaño
tobacco tabak tabaco
tooth zahn diente
tourism tourist tourismus turismo turista turístico
tourist_office fremdenverkehrsamt oficina_de_turismo
tower turm torre torreón
town stadt villa ciudad pueblo
town_council city_council stadtrat gemeinderat ayuntamiento
town_hall city_hall rathaus ayuntamiento
toy spielzeug juguete
track gleis vía
trade handel comercio
tradition tradición
train zug bahn tren
training ausbildung formación
tram tramway straßenbahn tranvía
transport verkehr transporte
treasure schatz tesoro
treasury treasurer schatzmeister tesorero tesorería
tree baum árbol
trial prozess juicio
trout forelle trucha
truck lorry lastwagen camión
tunnel stollen túnel galería
turbine turbina
twin zwilling gemelo
typhus typhoid fieber fiebre fever
union gewerkschaft sindicato
university universität hochschule universidad universitario
valley tal valle
value wert valor
vehicle fahrzeug vehículo
vessel gefäß schiff buque
veterinarian tierarzt tierärztin veterinario veterinaria
victim opfer víctima
view aussicht vista
village dorf pueblo aldea
vinegar essig vinagre
violin violinist geige geiger violín violinista
visitor besucher besucherin visitante
visitor_centre besucherzentrum centro_de_visitantes
interpretation_centre centro_de_interpretación
voice stimme voz
volcano vulkan volcán
volunteer voluntary ehrenamtlich freiwillig ehrenamtlicher freiwilliger voluntario
vote stimme voto votación
waiter kellner camarero
walker hiker hiking wanderer wandern caminante senderista senderismo
wall mauer muro muralla
war krieg guerra
civil_war bürgerkrieg guerra_civil
warehouse lagerhaus lager almacén
watch uhr reloj
water wasser agua
watermill wassermühle
wave welle ola
weaver weaving weber weberin weberei tejedor tejedora
week woche semana
weekend wochenende fin_de_semana
weight gewicht peso
well brunnen pozo
west westen oeste
whale wal ballena
wheat weizen trigo
wheelchair rollstuhl silla_de_ruedas
widow widower witwe witwer viuda viudo
wind viento
gust_of_wind gust böe windböe ráfaga racha
wind_turbine windrad aerogenerador
window fenster ventana
wine wein vino winzer viticultor
wing flügel ala
winter invierno
wolf lobo
woman frau mujer
wood holz madera
wool wolle lana
word wort palabra
work werk obra
worker arbeiter arbeiterin trabajador trabajadora
workshop werkstatt taller
world welt mundo mundial
writer schriftsteller schriftstellerin escritor escritora
yard hof corral
year jahr año
yew eibe tejo
youth young jugend jung jugendlich juventud joven juvenil
zoo tierpark zoológico
accessible zugänglich accesible begehbar
affected betroffen afectado
amount menge betrag cantidad importe
annual annually yearly jährlich jahres anual
apply applied application beantragen beantragt antrag solicitar solicitud
appoint ernennen ernannt nombrar nombrado
assign zuweisen asignar
assistant gehilfe assistent assistentin helfer ayudante auxiliar asistente
attend besuchen asistir acudir
average mean durchschnitt durchschnittlich schnitt im_mittel promedio media medio
bend biegen doblar
beautiful schön hermoso bello
because_of wegen debido
become werden convertirse
believe glauben creer
breed züchten zucht cría criar
bury begraben enterrar enterrado
catch fangen capturar atrapar
celebrate feiern gefeiert celebrar
certain sicher seguro
check verify prüfen überprüfen comprobar verificar
clear klar despejado claro
climb besteigen steigen escalar subir
cold kalt kälte frío
collapse einsturz einstürzen derrumbe derrumbarse hundirse
commercial gewerblich kommerziell comercial
compare vergleichen vergleich comparar comparación
complain beschweren quejarse
cook kochen koch cocinar cocinero
cover bedecken decken cubrir
cultivate anbauen anbau cultivar cultivo
cut schneiden cortar
dance tanz tanzen baile bailar danza
dark dunkel oscuro
deep tief profundo
depend hängen abhängen depender
describe beschreiben describir
devastated verwüstet arrasado
dig graben excavar cavar
discover entdecken entdeckung descubrir descubrimiento hallazgo
display ausstellen exponer
donate schenken stiften spenden donar ceder
download herunterladen descargar
dream traum sueño
earn verdienen ganar
emerge auftauchen surgir
employ beschäftigen emplear
empty leer vacío
endangered threatened bedroht gefährdet amenazado
evacuate evakuieren räumen evacuar desalojar
exactly precise precisely genau exactamente preciso
exclude ausschließen excluir
extend enlarge enlargement extension erweitern erweiterung ausbau ampliar ampliación
fall sturz stürzen caída caer
famous berühmt famoso
find finden fund encontrar hallar
flow fließen fluir
follow folgen nachfolgen suceder seguir
forget vergessen olvidar
freeze frieren gefrieren congelar
former ehemals ehemalig früher antiguo anterior
freely gratis kostenlos gratuitamente
frequent häufig frecuente
full voll lleno
future zukunft künftig futuro
grow wachsen anbauen crecer cultivar
handwritten handschriftlich manuscrito
happy glücklich feliz
hang hängen colgar
heavy schwer pesado
high hoch alto
highest maximum höchster höchste máximo máxima
hold halten sostener
honorary ehren honorífico honorario
hope hoffnung hoffen esperanza
include umfassen incluir abarcar
independent unabhängig independiente
inherit erben heredar
invest investment investieren investition invertir inversión
invite einladen invitar
isolated abgelegen aislado
jump springen saltar
kill töten matar
large groß grande
laugh lachen reír
lay legen poner
lend lent verleihen vorstrecken vorgestreckt prestar
loan darlehen préstamo
lowest minimum niedrigste tiefste mínimo mínima
main principal haupt hauptsächlich principal
manage verwalten verwaltung gestionar gestión
mature ripen reifen reife madurar maduración
measure messen messung medir medición
mention erwähnen erwähnung mencionar mención
move ziehen mudar
mostly meist meistens mayormente
narrow schmal eng estrecho
necessary notwendig nötig necesario
need brauchen necesitar
notice bemerken notar
obtain erhalten obtener
open öffnen abrir abierto
organise organize organisieren organizar
paint malen pintar
pay zahlen bezahlen pagar
permanent dauerhaft ständig permanente
permanent_exhibition dauerausstellung exposición_permanente
plant pflanzen gepflanzt plantar plantado
please gefallen gustar
preserve keep erhalten bewahren aufbewahren conservar guardar
prevent verhindern impedir evitar
private privat privado particular
process verarbeiten verarbeitung procesar procesamiento
promote fördern förderung promover fomentar impulsar
protect protection schützen schutz proteger protección
publish veröffentlichen publicar
quiet ruhig tranquilo silencioso
rare selten raro
reach erreichen alcanzar
receive erhalten recibir
recognise recognize recognised recognized anerkennen anerkannt reconocer reconocido
reconstruct wiederaufbau wiederaufbauen reconstruir reconstrucción
record register verzeichnen registrar
remain bleiben permanecer
remains überreste restos
remember erinnern recordar
renovate renovation refurbish sanieren sanierung renovieren renovierung restaurar restauración rehabilitar reforma
repair reparieren reparatur reparar reparación
replace ersetzen ersatz reemplazar sustituir
return zurückkehren rückkehr volver regresar regreso
rise steigen subir
sail segeln navegar
sell verkaufen vender
send schicken enviar
separate getrennt separado
serious ernst grave
similar ähnlich similar parecido
sink sinken untergehen hundirse
sit sitzen sentarse
speak sprechen hablar
spread verbreiten verbreitung extender propagar
startup gründung
stay aufenthalt estancia
stop halten haltestelle parar parada
strong stark fuerte
sunday sonntag domingo
swim schwimmen nadar
tall hoch alto
teach lehren unterrichten enseñar
tie binden atar
transfer verlegen übertragen trasladar traslado
translate übersetzen übersetzung traducir traducción
travel reisen viajar
underground unterirdisch subterráneo
unusual ungewöhnlich inusual
use usage nutzung nutzen benutzen verwenden uso usar utilizar
usual gewöhnlich habitual
visit besuch besichtigung visita
wait warten esperar
wash waschen lavar
wet nass húmedo
wide breit ancho
wild salvaje silvestre
yearbook jahrbuch anuario
at_least mindestens wenigstens al_menos como_mínimo
at_most höchstens spätestens maximal como_máximo a_lo_sumo
every_day daily täglich todos_los_días
each_year every_year jährlich alljährlich cada_año
in_operation operating betrieb in_betrieb en_servicio en_funcionamiento servicio service operation
pending ausstehen ausstehend pendiente
undecided unentschieden sin_decidir
latest zuletzt most_recently por_último últimamente
`;
