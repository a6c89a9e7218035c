"""The words that tell organisations, outlets, parties and documents by their names."""

from __future__ import annotations

import re

from index.speech.givennames import given_gender
from index.speech.wordset import words

GROUPS = words(
    """
    company firm corporation business brand startup maker manufacturer airline carrier bank retailer chain giant
    agency department ministry office bureau commission committee board council panel court tribunal parliament
    congress senate house legislature government administration state city county town district country nation
    authority organization organisation association federation union league club team school university college
    institute institution hospital center centre clinic laboratory lab museum church foundation charity nonprofit
    group coalition alliance party campaign movement network channel outlet newspaper magazine paper tabloid
    website site publication journal broadcaster service force army military navy police regulator watchdog
    embassy palace platform studio label band zoo park store shop restaurant developer lender insurer utility
    automaker carmaker drugmaker operator provider contractor consortium society academy trust fund task-force
    leadership staff industry squad mission delegation majority minority opposition duo trio pair residency
    """
)

BODIES = words(
    """
    agency department ministry office bureau commission committee board council panel court tribunal institute
    authority association federation academy
    """
)  # of GROUPS: one word before them tells them apart ("the organizing committee"); "the tech company" is any company

DOCUMENTS = words(
    """
    comment statement report study survey poll analysis research paper review letter memo email e-mail post tweet
    lawsuit complaint suit indictment affidavit filing document documents ruling decision opinion order verdict
    release notice warning advisory bulletin forecast data figures findings results evidence article story
    editorial column book memoir biography transcript message video audio recording caption headline sign poster
    banner website page blog bill law resolution declaration communique treaty agreement plan policy guidance
    guidelines rule rules investigation inquiry audit assessment estimate index model projection account testimony
    records record note text ad advertisement campaign trailer announcement update researchers citation
    proclamation dossier autopsy
    """
)

ORGANISATION_WORDS = words(
    """
    universities colleges schools institutes hospitals departments academies airlines libraries university college
    school institute institution academy department ministry office bureau agency commission committee council
    board court parliament congress senate house assembly association federation union league club group company
    corporation corp inc ltd llc plc co bank fund foundation trust center centre centers hospital clinic medical
    society organization organisation service services administration authority police force forces army navy
    guard times post journal news herald tribune gazette guardian telegraph mail mirror observer press radio
    network magazine review party democrats republicans conservatives labour airways motors motor industries
    technologies systems partners capital securities holdings international global museum church palace embassy
    laboratory laboratories coalition alliance united nations treasury district county city program project
    studios pictures records entertainment games sports fc team racing research analytics data solutions health
    healthcare pharmaceuticals energy electric gas oil foods brands stores market markets exchange reserve
    campaign command corps division unit task initiative consortium conference chamber cabinet government kremlin
    pentagon nato un eu who fbi cia cdc fda nasa epa dhs doj irs sec ftc fcc nhtsa noaa opec imf wto bbc cnn nbc
    abc cbs npr brewery theatres theaters hotels restaurants restaurant beverages jewelers financial world
    panel insurance media forum aerospace system systems aviation aquarium observatory ratings brewery labs nonprofit
    advisors advisers associates consulting management resort watch
    """
)

AND_NAMES = words(
    """
    food securities health radio television arts science sciences culture veterans immigration customs oceanic
    aeronautics parks fish housing education control drug alcohol firearms trade human labor commerce safety
    engineering energy abuse agriculture forestry business tourism recreation wildlife game air space justice law
    economic social eye ear johnson procter barnes marks ernst standard dun
    """
)

BRANDS = words(
    """
    moody mcdonald macy sotheby christie kohl wendy lowe levi kellogg domino trader women men people dick
    sainsbury lloyd bj victoria hershey denny applebee arby campbell carl sam bloomingdale dillard reese children
    ben jerry farmer chick-fil-a hardee chili zaxby culver papa mother nature barron sheriff attorney veteran
    """
)

OUTLETS = frozenset(
    [
        "cnn",
        "bbc",
        "ap",
        "afp",
        "reuters",
        "nbc",
        "cbs",
        "abc",
        "msnbc",
        "npr",
        "politico",
        "axios",
        "bloomberg",
        "usa today",
        "associated press",
        "fox news",
        "cnbc",
        "espn",
        "sky news",
        "itv",
        "tass",
        "vanity fair",
        "cnn business",
        "cnn health",
    ]
)

PARTIES = {
    "republican": "Republican Party",
    "gop": "Republican Party",
    "democrat": "Democratic Party",
    "democratic": "Democratic Party",
    "conservative": "Conservative Party",
    "tory": "Conservative Party",
    "labour": "Labour Party",
}

PRESS = words(
    """
    times guardian mirror mail telegraph post journal news herald tribune observer sun independent express
    spectator economist standard atlantic yorker week statesman ft bbc metro star gazette review magazine scotsman
    critic i conversation globe chronicle intercept nation republic inquirer bulletin examiner
    """
)


def is_organisation(name: str) -> bool:
    """Say whether a name reads as an organisation's (a word such as "University", an acronym)."""
    if name.replace(".", "").isupper() and len(name) <= 7 and " " not in name:
        return len(name) > 1
    if " & " in name or (" " in name and is_outlet(name) and not given_gender(name)):
        return True
    words = re.findall(r"[\w&]+", name)
    if any(word.lower() in ORGANISATION_WORDS for word in words[1:]) or (
        words and words[0].lower() in ORGANISATION_WORDS
    ):
        return not (len(words) > 1 and given_gender(name) and words[-1].lower() not in ORGANISATION_WORDS)
    return False


def is_outlet(name: str) -> bool:
    """Say whether a name is a newspaper's or broadcaster's."""
    return name.lower() in OUTLETS or name.lower().rsplit(" ", 1)[-1] in PRESS
