"""The closed classes of words that attribution goes by: titles, roles, kinds of organisation, small words."""

from __future__ import annotations

from index.speech.organisations import DOCUMENTS, GROUPS
from index.speech.wordset import words

TITLES = words(
    """
    mr mrs ms miss dr sir dame lord lady president vice prime minister secretary sen senator rep representative
    gov governor congressman congresswoman chancellor king queen prince princess pope cardinal archbishop bishop
    rev reverend rabbi imam sheikh general gen colonel col lt lieutenant major maj captain capt sgt sergeant
    admiral adm cmdr commander chief officer detective det deputy deputies sheriff judge justice attorney prof
    professor coach manager director chairman chairwoman chair ceo cfo coo cto executive leader speaker mayor
    ambassador spokesman spokeswoman spokesperson premier commissioner administrator superintendent prosecutor
    analyst economist correspondent reporter editor columnist author actor actress singer comedian rapper host
    star founder co-founder owner co-owner scientist researcher meteorologist lawyer councilman councilwoman
    councilmember assemblyman assemblywoman supervisor principal treasurer envoy delegate pastor father sister
    brother trooper corporal cpl private pvt inspector constable secretary-general director-general under-
    secretary undersecretary press foreign defense defence interior finance health state treasury surgeon first
    former ex-president acting assistant associate senior junior emeritus rookie forward quarterback pitcher
    defender goalkeeper midfielder striker presidential candidate nominee ranking majority minority whip special
    counsel national security adviser advisor high attorneys sens reps govs drs presidents ministers managing
    majority-leader vice-president lieutenant-governor dean provost coordinator producer showrunner guard receiver
    supreme energy environment transport agriculture planning climate
    linebacker shortstop outfielder epidemiologist virologist pediatrician chef head agent brig supt forecaster
    solicitor barrister shadow crown pm mp mps republican democrat democratic gop tory district brigadier cabinet
    mep meps msp msps cllr
    """
)
REGNAL = words("pope king queen prince princess")
"""Titles that are a part of the name where no surname follows: "Queen Maud", "King Oscar IV"."""
MODIFIERS = words(
    """
    state health press foreign defense defence interior finance national security special high treasury first
    supreme energy environment transport agriculture planning climate
    senior junior presidential majority minority ranking acting associate former vice head democratic gop tory
    district cabinet shadow crown
    """
)  # words of titles that only go before the one that says what somebody is
ROLES = words(
    """
    man woman individual boy girl child mother father brother sister son daughter wife husband parent friend neighbor
    neighbour person people resident citizen student teacher professor doctor nurse physician surgeon patient
    scientist researcher expert specialist analyst economist historian official officer spokesperson spokesman
    spokeswoman representative lawmaker politician senator congressman congresswoman governor mayor president
    minister premier chancellor king queen prince princess leader head chief chairman chairwoman chair director
    manager executive ceo founder co-founder owner boss coach player striker midfielder defender goalkeeper
    quarterback receiver pitcher forward guard captain star actor actress singer rapper comedian musician artist
    producer writer author journalist reporter correspondent editor columnist critic blogger host anchor lawyer
    attorney prosecutor judge justice magistrate detective investigator sheriff deputy police commander general
    colonel lieutenant sergeant soldier veteran ambassador diplomat envoy negotiator secretary adviser advisor
    aide assistant commissioner administrator superintendent principal dean chef farmer driver worker employee
    employer witness survivor victim suspect defendant plaintiff protester activist advocate campaigner organizer
    organiser volunteer supporter opponent candidate nominee republican democrat conservative liberal member
    colleague counterpart counsel meteorologist forecaster epidemiologist virologist pediatrician psychologist
    biologist physicist engineer astronaut strategist consultant banker investor trader broker billionaire
    businessman entrepreneur customer buyer seller user tenant landlord priest pastor rabbi imam bishop pope
    cardinal monk teenager teen youngster native source authority insider observer commentator pundit fan hero
    legend champion runner swimmer firefighter paramedic pilot sailor guardian caretaker mom dad grandmother
    grandfather aunt uncle cousin niece nephew fiance fiancee boyfriend girlfriend partner couple family twin
    designer model developer hacker clerk treasurer whip speaker delegate lobbyist chemist astronomer geologist
    ecologist scholar lecturer fellow instructor trainer guide curator librarian sociologist anthropologist
    archaeologist architect planner contractor realtor retailer rider surfer skier golfer boxer wrestler jockey
    umpire referee linebacker cornerback punter kicker center shortstop outfielder infielder catcher rookie
    teammate newcomer comic showrunner filmmaker screenwriter novelist poet playwright composer conductor drummer
    guitarist bassist songwriter frontman vocalist narrator presenter broadcaster newsreader duke duchess earl
    baron monarch sovereign dictator militant rebel fighter gunman shooter attacker assailant killer inmate
    prisoner detainee refugee migrant immigrant executives psychiatrist therapist dentist pharmacist vet
    veterinarian dermatologist cardiologist oncologist neurologist superstar influencer youtuber streamer
    podcaster educator lead vice mogul magnate pop creator coordinator supervisor trustee councilman councilwoman
    councilmember assemblyman assemblywoman legislator parliamentarian mp ministerial sommelier bartender goalie
    safety publisher slugger winger reliever starter tycoon heir maker adviser-at-large provost forecaster solicitor
    barrister tackle fullback halfback tailback hooker flanker photographer photojournalist videographer baseman
    goaltender skipper accountant ally responder proponent shopper passenger traveler traveller viewer listener reader
    voter taxpayer demonstrator marcher rioter hunter fisherman rancher grower vendor supplier dealer shareholder
    creditor donor backer detractor rival challenger incumbent staffer professional practitioner clinician midwife
    counselor interpreter translator passerby bystander onlooker hiker climber dietitian ranger settler villager
    islander householder homeowner landowner watcher commuter vacationer others many some
    most several everyone someone nobody somebody everybody anybody one both another
    """
)
SPOKESPEOPLE = words(
    "spokesman spokeswoman spokesperson representative lawyer attorney solicitor barrister counsel aide adviser "
    "advisor publicist"
)  # roles that people have with a person as with an organisation
EMPLOYED = words(
    """
    ceo cfo coo cto executive president chairman chairwoman chair chief director manager head founder co-founder owner
    partner analyst consultant strategist economist researcher professor lecturer scientist meteorologist engineer
    editor reporter columnist correspondent coach player forward guard captain quarterback receiver pitcher striker
    midfielder defender goalkeeper baseman superintendent principal commissioner officer spokesperson secretary-general
    member singer drummer guitarist bassist frontman vocalist ambassador envoy minister
    """
)  # roles that people have at an organisation, and hardly with a person
ADDRESSES = words("mr mrs ms miss sir dame lord lady dr prof professor sen rep gov lt col capt sgt gen rev")
SUFFIXES = words("jr sr ii iii iv")
PARTICLES = words("de la van von der den bin ibn al el del di da do dos du le y ter ten st al- e")
TIMES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas thanksgiving
    easter halloween spring summer autumn winter
    """
)
FUNCTION_WORDS = words(
    """
    the a an and or but nor so yet for of in on at by to from with without within into onto upon over under about
    against between among through during before after since until while when where why how what which who whom
    whose that this these those there here it its he him his she her hers they them their theirs we us our ours i
    me my mine you your yours is are was were be been being am has have had having do does did doing done will
    would shall should can could may might must not no if because as than then though although however meanwhile
    moreover instead also too very just only even still again ever never once now later earlier today yesterday
    tomorrow tonight recently previously already perhaps maybe indeed thus hence therefore otherwise elsewhere
    anyway additionally further furthermore besides despite unlike like such same other another each every all any
    both either neither few many much more most some several none one two three four five six seven eight nine ten
    first second third last next according per via amid across along around behind below beneath beside beyond
    down except inside near off out outside past regarding throughout toward towards up yes ok okay well let
    please thanks hello hey oh read asked speaking writing adding noting citing saying calling following including
    given based whether unless lest what's that's it's he's she's they're we're i'm you're there's here's don't
    didn't won't isn't doesn't can't half nearly almost rather quite new old former current late early top local
    federal state national international global foreign public private senior chief
    """
)
DETERMINERS = words(
    """
    the a an this that these those his her its their our my your one two three four five six seven eight nine ten
    some several many most all both each every another other no any few dozens hundreds thousands various numerous
    """
)
PREPOSITIONS = words(
    """
    of for at from with in to on by within under about against between among through during before after over into
    near outside inside across around behind representing alongside including at- via amid per like following
    """
)
STOPS = words(
    """
    that but because while when as if though although where after before since until whether than so or nor which
    what how why whose and who
    """
)
AUXILIARIES = words(
    """
    has have had is are was were be been being will would shall should can could may might must do does did not
    never didn't doesn't don't hasn't haven't hadn't won't wouldn't couldn't can't cannot 'd ’d
    """
)
BE = words("is are was were be been being get gets got")
ADVERBS = words(
    """
    also later then previously recently repeatedly once reportedly first further still just even already again
    today yesterday tonight earlier now ever often always sometimes soon immediately only simply both all
    initially publicly privately quickly long since instead too perhaps maybe meanwhile additionally therefore
    thus to
    """
)
TIME_NOUNS = words("week month year day night morning afternoon evening weekend spring summer fall winter")
SUBJECT_PRONOUNS = words("he she they it i we you who")
LEADING = words(
    """
    is was heads leads leading led runs running ran founded works worked owns owned chairs chaired directs
    directed manages coaches coached teaches studies represents represented serves served co-founded co-owns oversees
    oversaw edits hosts helps became becomes develops develop specializes covers trains played plays pitched pitches
    """
)
STATES = frozenset(
    [
        "alabama",
        "alaska",
        "arizona",
        "arkansas",
        "california",
        "colorado",
        "connecticut",
        "delaware",
        "florida",
        "hawaii",
        "idaho",
        "illinois",
        "indiana",
        "iowa",
        "kansas",
        "kentucky",
        "louisiana",
        "maine",
        "maryland",
        "massachusetts",
        "michigan",
        "minnesota",
        "mississippi",
        "missouri",
        "montana",
        "nebraska",
        "nevada",
        "new hampshire",
        "new jersey",
        "new mexico",
        "new york",
        "north carolina",
        "north dakota",
        "ohio",
        "oklahoma",
        "oregon",
        "pennsylvania",
        "rhode island",
        "south carolina",
        "south dakota",
        "tennessee",
        "texas",
        "utah",
        "vermont",
        "virginia",
        "washington",
        "west virginia",
        "wisconsin",
        "wyoming",
    ]
)
THINGS = words(
    """
    highway field stadium park street avenue road beach county river island mountain airport arena act bill day awards
    award olympics cup war festival convention hotel theatre theater tower bridge lake bay valley hills springs
    coast ocean sea canal square plaza mall club parade show tour series season game bowl championship trophy
    prize week year month edition version chapter album song film movie book virus disease syndrome vaccine covid
    covid-19 language english french spanish german times hall house building trials scandal crisis amendment
    treaty accord agreement index hurricane storm tornado mission telescope rocket satellite aircraft jet boeing
    iphone android website app messenger olympic americans russians ukrainians chinese europeans democrats
    pt et ct est edt pst pdt cst cdt gmt bst utc republicans cubans jews muslims christians
    """
)  # last words of names that no pronoun for a person means
AGENTS = ("man", "woman", "person", "ist", "eer", "keeper", "ician", "ologist")  # endings of nouns for people


def role_of(lower: str) -> str:
    """Give the singular of a role noun, or "" when the word is not one."""
    lower = lower.removeprefix("co-")
    if lower in ROLES or lower in TITLES:
        return lower
    singular = lower[:-1] if lower.endswith("s") else lower
    if singular in ROLES or singular in TITLES:
        return singular
    if lower.endswith("ies") and lower[:-3] + "y" in ROLES:
        return lower[:-3] + "y"
    if len(singular) > 6 and singular.endswith(AGENTS):
        return singular
    if lower == "children":
        return "child"
    if lower.endswith("men") and lower[:-3] + "man" in ROLES:
        return lower[:-3] + "man"
    return "person" if lower.endswith("-year-old") else ""


def is_role(lower: str) -> bool:
    """Say whether a word is a title or names what somebody is ("mayor", "spokeswomen")."""
    return bool(role_of(lower))


def can_speak(lower: str) -> bool:
    """Say whether a common noun can be what speaks: a person, an organisation or a document."""
    singular = lower[:-1] if lower.endswith("s") else lower
    role = role_of(lower)
    return (
        (bool(role) and role not in MODIFIERS)
        or lower in DOCUMENTS
        or singular in DOCUMENTS
        or lower in GROUPS
        or singular in GROUPS
    )
