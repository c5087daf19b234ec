/** Names that stand for one another: countries, their people, and the capitals that newspapers say instead. */
export const ALIASES = `
us u.s usa america american americans united_states washington
uk u.k britain british united_kingdom great_britain britons
soviet ussr soviet_union
russia russian moscow kremlin
eu european_union brussels
un united_nations
china chinese beijing prc
germany german berlin deutschland deutsch
france french paris frenchmen frenchman
spain spanish españa español spaniards
italy italian rome
netherlands dutch holland nederland nederlands dutchmen dutchman
japan japanese tokyo
korea korean
switzerland swiss
sweden swedish swedes
denmark danish danes
norway norwegian norway's norge
finland finnish finns
poland polish poles
greece greek
turkey turkish türkiye turks
portugal portuguese
ireland irish irishmen irishman
wales welsh welshmen welshman
scotland scottish scots
england english englishmen englishman
burma myanmar burmese
iran iranian persian persia
egypt egyptian
iraq iraqi
israel israeli
philippines filipino
thailand thai siam siamese
vietnam vietnamese
mexico mexican
argentina argentine argentinian
peru peruvian
chile chilean
canada canadian
austria austrian österreich
europe european
africa african
asia asian
alps alpine alpen alpin alpes alpino
oscar oscars academy_award academy_awards
nato north_atlantic_treaty_organization
world_war_ii second_world_war wwii
world_war_i first_world_war wwi
js javascript
ts typescript
ci continuous_integration
cli command_line command-line
ui user_interface
os operating_system
db database
`;
