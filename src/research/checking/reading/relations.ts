import { fold, stem } from "../../../words.ts";

/** By which place beside a word its parts are told: the subject, the object, "her successor", or a preposition. */
export type Slot = "subject" | "object" | "label" | "whose" | "by" | "to" | "from" | "of" | "under" | "through";

/** What a word says of its parts: in "sold" the subject gives, and who stands behind "to" takes. */
export interface Frame {
  relation: string;
  /** "Over" of "took over": the word that must follow. */
  next: string | null;
  roles: Readonly<Partial<Record<Slot, string>>>;
}

/**
 * One line a way of telling a relation: its name, the part in each slot, the words. "A sold it to B" and "B bought it
 * from A" are one relation told from its two sides.
 */
const LINES = `
transfer subject=giver to=taker by=giver: sell sold sale vend verkaufte verkauften verkauf verkauft venta vendio vendido vendida vendre vendit
transfer subject=taker from=giver by=taker: buy bought purchase acquire acquisition takeover kaufte kauften gekauft erwarb erworben kauf compra compro comprado comprada adquirio adquirido achete acquis
gift subject=giver to=taker by=giver: give gave given donate donation bequeath bequest grant schenkte geschenkt dono donado donada cedio cedido regalo
gift subject=taker from=giver by=taker: inherit inherited receive receiv erbte heredo recibio
return to=taker: revert return
rent subject=giver to=taker by=giver: let lease vermietete vermietet alquilo
rent subject=taker from=giver by=taker: rent pachtete mietete
rent subject=giver to=taker: rent
rent label=taker: tenant mieter inquilino locataire
succession subject=later object=earlier to=earlier by=later: succeed replace supersede folgte sucedio sustituyo reemplazo succeda remplaca
succession subject=later object=earlier by=later: abloste abgelost loste_ab
succession subject=later from=earlier: took_over take_over
succession subject=earlier to=later: hand_over gave_way give_way
succession subject=earlier object=later by=earlier: precede
succession label=later of=earlier whose=earlier to=earlier: successor nachfolger nachfolgerin sucesor sucesora successeur
succession label=earlier of=later whose=later: predecessor vorganger vorgangerin predecesor predecesora predecesseur
owning subject=owner object=owned by=owner: own besitzt besass posee poseia
owning label=owner of=owned whose=owned: owner eigentumer besitzer propietario propietaria proprietaire
owning subject=owned to=owner of=owner: belong gehorte gehort pertenecia pertenece appartient appartenait
owning label=owned of=owner whose=owner: subsidiary tochterfirma filial
parent label=parent of=child whose=child: father mother parent vater mutter padre madre pere mere
parent label=child of=parent whose=parent: son daughter child sohn tochter hijo hija fils fille
uncle label=uncle of=niece whose=niece: uncle aunt onkel tante tio tia
uncle label=niece of=uncle whose=uncle: nephew niece neffe nichte sobrino sobrina
sibling label=sibling of=sibling whose=sibling: brother sister bruder schwester hermano hermana
spouse label=spouse of=spouse whose=spouse: wife husband widow widower ehefrau ehemann witwe esposa esposo viuda marido
grandparent label=grandparent of=grandchild whose=grandchild: grandfather grandmother grossvater grossmutter abuelo abuela
grandparent label=grandchild of=grandparent whose=grandparent: grandson granddaughter enkel enkelin nieto nieta
cousin label=cousin of=cousin whose=cousin: cousin vetter kusine primo prima
teaching subject=teacher object=pupil by=teacher: teach taught tutor unterrichtete lehrte
teaching label=teacher of=pupil whose=pupil: teacher mentor lehrer lehrerin maestro maestra
teaching subject=pupil under=teacher: study studied train studierte lernte estudio
teaching label=pupil of=teacher whose=teacher: pupil student disciple apprentice schuler schulerin alumno alumna discipulo
helping label=helper of=helped whose=helped to=helped: assistant deputy secretary assistent assistentin ayudante asistente
rank subject=below object=above: behind hinter
rank subject=below to=above: runner_up lost
rank subject=above of=below: ahead
rank subject=above object=below by=above: beat beaten defeat besiegte schlug derroto vencio
use subject=user object=used by=user through=means: use employ utilize nutzt verwendet
use subject=user by=used: power
origin subject=origin object=result by=origin: inspire influence
origin subject=result of=origin label=result from=origin: copy fork derivative adaptation
river subject=part to=whole: flow empty drain mundet mundete desemboca
river label=part of=whole whose=whole: tributary nebenfluss zufluss afluente affluent
`;

const FRAMES = read(LINES);

function read(lines: string): ReadonlyMap<string, readonly Frame[]> {
  const frames = new Map<string, Frame[]>();
  for (const line of lines.trim().split("\n")) {
    const [head = "", words = ""] = line.split(": ");
    const [relation = "", ...roles] = head.split(" ");
    const told = { relation, roles: Object.fromEntries(roles.map((role) => role.split("="))) };
    // "Sell" and "sells" are one stem, "sold" another.
    for (const word of new Set(words.split(" ").map(stemmed))) {
      const [first = "", next = null] = word.split("_");
      frames.getOrInsertComputed(first, () => []).push({ ...told, next });
    }
  }
  return frames;
}

function stemmed(word: string): string {
  const [first = "", ...next] = word.split("_");
  return [stem(fold(first)), ...next].join("_");
}

export function framesOf(stem: string): readonly Frame[] {
  return FRAMES.get(stem) ?? NONE;
}

const NONE: readonly Frame[] = [];

/** One relation seen from its two ends: "whose father preached" is "the son of a preacher". */
export function areConverse(a: string, b: string): boolean {
  const others = framesOf(b);
  return framesOf(a).some(({ relation, roles }) => {
    const own = roles.subject ?? roles.label;
    return others.some((other) => other.relation === relation && (other.roles.subject ?? other.roles.label) !== own);
  });
}
