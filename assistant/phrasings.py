"""The ways in which people ask for somebody's words, as patterns: `speaker` says whose, `topic` on what."""

from __future__ import annotations

import re


def _any(words: str) -> str:
    """A pattern of any of `words`, written with spaces between them; "_" stands for a space within one."""
    return f"(?:{'|'.join(words.split()).replace('_', ' ')})"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


WHO = r"(?P<speaker>.+?)"
OPENER = r"^(?:and |but |so )?"
AUX = r"(?:did|does|do|has|have|had|will|would|is|are|was|were)(?:n['’]t)?"
BE = r"(?:is|are|was|were)(?:n['’]t)?"
ADVERB = (
    r"(?:(?:also|ever|each|both|first|later|once|now|still|already|just|"
    r"(?-i:(?!(?:family|assembly|ally|bully|monopoly)\b)[a-z]+ly)) )*"
)
NOUN_TOO = r"(?!(?: (?!about|on|of)[\w'’.&-]+){0,4} (?:say|think|find|conclude|recommend|show|tell|accuse|call)\b)"
"""After a verb that is a noun as well, a verb of speech means that it was the noun: "the UN report editor say"."""
SURE = _any("say said saying tell told think thought believe announced? claim(?:ed)? argued? warn(?:ed)? promised?")
"""Nobody but a speaker does these."""
SAY = _any(
    rf"""say said saying tell told telling think thought thinking believe[ds]? believing expect(?:ed|ing)?
    predict(?:ed|ing)? foresee anticipate[ds]? claim(?:ed|ing)? alleg(?:e|ed|ing) accus(?:e|ed|ing) blam(?:e|ed|ing)
    warn(?:ed|ing)? caution(?:ed)? urg(?:e|ed|ing) advis(?:e|ed|ing) suggest(?:ed|ing)? recommend(?:ed|ing)?
    argu(?:e|ed|ing) insist(?:ed|ing)? stress(?:ed)? recall(?:ed)? remember(?:ed)? testif(?:y|ied) admit(?:ted)?
    (?:conclude|consider|acknowledge|concede|describe|announce|characteri[sz]e|assure|note|promise|pledge)[ds]?
    (?:propose|observe|advocate|declare|recommend|decide|disclose)[ds]? ask(?:ed|ing)? want(?:ed)? tweet(?:ed)?
    post(?:ed)?_(?:about|on|online) reveal(?:ed)? recount(?:ed)? emphasi[sz]ed? point(?:ed)?_(?:out|to) complain(?:ed)?
    confirm(?:ed)? vow(?:ed)? threaten(?:ed)? find call(?:ed|ing)?_(?:for|on) mak(?:e|ing)_of assert(?:ed)?
    credit(?:ed)? regard hope fear regret question
    have_to_say had_to_say fault(?:ed)?
    (?-i:write|wrote|demand|report|state|estimate|forecast|call|remark)(?:e?d)?(?!-){NOUN_TOO.replace(" ", "_")}"""
)
JUDGE_TOO = (
    r"(?!_(?-i:[A-Z])[\w.]+(?:_(?-i:[A-Z])[\w.]+)?_(?:criti[cq]i[sz]e|explain|react|respond|describe|justify|see)\b)"
)
"""The same of "judge", a title before a name."""
HOW = _any(
    rf"""react(?:ed)? respond(?:ed)? answer(?:ed)? reply replied explain(?:ed)? described? see seen view(?:ed)?
    characteri[sz]ed? justif(?:y|ied) defend(?:ed)? hit_back take took comment(?:ed)? assess(?:ed)? feel felt rated?
    play(?:ed)?_down dismiss(?:ed)? mock(?:ed)? compared? rebut(?:ted)? portray(?:ed)? sum(?:med)?_up criti[cq]\w+
    interpret(?:ed)? address(?:ed)? account(?:ed)?_for recall(?:ed)? remember(?:ed)? define rank
    judge{JUDGE_TOO} greet(?:ed)?
    receive counter(?:ed)? praise[ds]? condemn(?:ed)? boast regard excuse weigh liken evaluate picture link frame
    phrase put_it treat refer"""
)
OPINE = _any(
    """say said think thought believe argue claim expect predict estimate warn recommend insist suggest consider hope
    fear want blame accuse fault credit thank criti[cq]i[sz]e praise"""
)
PLAN = "(?!(?:expect|hope|want) to )"
"""Of what somebody means to do anybody may tell."""
STANCE = _any(
    """reactions? responses? answers? reply replies messages? views? positions? takes? opinions? stances? verdicts?
    assessments? explanations? arguments? comments? advice warnings? statements? complaints? criticisms? predictions?
    forecasts? claims? concerns? demands? hopes? fears? thoughts? feelings? apology remarks? tweets? attitudes?
    objections? defen[cs]e pledges? promises? excuses? appeals? reasons? reasoning justifications? description accounts?
    guidance line(?=_(?:on|about|over)_)
    recommendations? doubts? motives? case comparisons? conclusions? tips? impressions? reading lessons?
    worr(?:y|ies) jokes? threats? rebukes? dangers? allegations? accusations? estimates? words praise reassurance
    rationale outlook"""
)
GIVE = _any(
    """give gave given giving offer(?:ed)? have had make made issued? send sent see voiced? raised? deliver(?:ed)?
    express(?:ed)? put_forward provided? set_out lay_out cited? hold take took draw drew share add level use
    float(?:ed)? suggest"""
)
AGAINST = _any("see call describe reject oppose object(?:ed)? criti[cq]\\w+ condemn")
YES_OR_NO = _any(
    """back support oppose critici[sz]e condemn welcome deny confirm agree defend think believe say said expect want
    regret admit apologi[sz]e reply respond answer react(?:ed)?"""
)
DOING = re.compile(rf"{ADVERB}(?:\w+ing\b|\W|$)", re.IGNORECASE)
"""What follows on somebody who is speaking, after "is" or "was"; who is told or accused does not speak."""
WORRY = _any("worries worried troubles troubled bothers angers angered surprised")
MOOD = _any(
    """sure(?!_to_) certain(?!_to_) confident convinced worried concerned afraid optimistic pessimistic s[ck]eptical
    opposed(?!_by_) unhappy angry upset critical(?=_of_) grateful hopeful disappointed frustrated alarmed uneasy
    nervous puzzled"""
)
"""What shows in what somebody says, though it is no saying."""
MOODY = r"(?: (?:about|that|of|by|over|with|at|in|to))* (?P<topic>.+)$"
LINK = r"(?P<link>(?: (?:about|on|of|regarding|concerning|over|to|at|against|for|that|in|after|when))*)"
ASKS = "(?:who|what|when|where|why|which|whose|how|should|can|could|might)"
ORDER = "(?:please|give|tell|show|find|get|list|name|explain|summari[sz]e|describe|quote)"
COMMAND = rf"(?:{ORDER} (?:{ORDER} )?(?:(?:me|us) )?(?:about )?)?(?!(?:{ORDER}|{AUX}|{ASKS})\b)"
WORD = r"(?-i:[A-Z])[\w.&-]*"
OWNER = rf"(?P<speaker>the [\w-]+(?: [\w-]+){{0,3}}|{WORD}(?: {WORD}){{0,4}})"
NAMES = rf"(?-i:[A-Z]{{2,}})|{WORD}(?: {WORD}){{1,4}}"
"""Who is named without an interrogative: "Orr's views on pay", "Ada Orr reaction to", "NATO statement on"."""
ITS_STANCE = (
    rf"{STANCE} (?:to|on|about|over|regarding) (?P<topic>(?!.*(?:[,:] | and )(?:{AUX}|{ASKS}|.*{STANCE})\b).+)$"
)
TOPIC = rf"\b{LINK}(?: (?P<topic>.+))?$"
THING = r"(?P<thing>(?:(?!\b(?:did|does|do|has|have|is|are|was|were|will|would)\b)[^\s]+ ){1,9}?)"

PLAIN = _compiled(
    rf"{OPENER}what {AUX} {WHO} {ADVERB}{SURE}{TOPIC}",
    rf"{OPENER}how {AUX} {WHO} {ADVERB}(?:react(?:ed)?|respond(?:ed)?){TOPIC}",
)
"""Whoever stands here is a speaker."""
OTHER = _compiled(
    rf"{OPENER}(?:what|how) {BE} {WHO}['’]s? (?:[\w-]+ ){{0,2}}?{STANCE}{TOPIC}",
    rf"{OPENER}what['’]s {WHO}['’]s? (?:[\w-]+ ){{0,2}}?{STANCE}{TOPIC}",
    rf"{OPENER}(?:what|how|why) {AUX} {WHO} {ADVERB}{SAY}{TOPIC}",
    rf"{OPENER}(?:when|who|whom|where) {AUX} {WHO} {ADVERB}(?!want){PLAN}{OPINE}{TOPIC}",
    rf"{OPENER}how {AUX} {WHO} {ADVERB}{HOW}{TOPIC}",
    rf"{OPENER}why {AUX} {WHO} {ADVERB}{AGAINST}{TOPIC}",
    rf"{OPENER}what {AUX} the {STANCE} of {WHO} (?:to|on|about|regarding) (?P<topic>.+)$",
    rf"{OPENER}(?:what|which) (?:[\w-]+ ){{0,3}}?{STANCE} (?:about .+? )?{AUX} {WHO} {ADVERB}{GIVE}{TOPIC}",
    rf"{OPENER}(?:what|which) {THING}{AUX} {WHO} {ADVERB}{SAY}{TOPIC}",
    rf"{OPENER}(?:by )?how \w+ {THING}?{AUX} {WHO} {ADVERB}{PLAN}{OPINE}{TOPIC}",
    rf"{OPENER}what {WORRY} {WHO} about (?P<topic>.+)$",
    rf"{OPENER}(?:why|what|how) {BE} {WHO} {ADVERB}(?:not |so )?(?P<mood>{MOOD})(?: yet)?{MOODY}",
    rf"{OPENER}how (?P<mood>{MOOD}) {BE} {WHO}(?= (?:about|that|of|by|over|with|at|in|to) ){MOODY}",
    rf"{OPENER}where (?:does|do|did) {WHO} stand on (?P<topic>.+)$",
    rf"{OPENER}(?:did|does|do|has|have) {WHO} {ADVERB}{YES_OR_NO}{TOPIC}",
    rf"^{COMMAND}{OWNER}(?:['’]s|(?<=s)['’]) (?:[a-z]+ ){{0,2}}?{ITS_STANCE}",
    rf"^{COMMAND}(?P<speaker>{NAMES}) {ITS_STANCE}",
)
"""A speaker where a name or a role stands here."""

ACCOUNT = "(?:view|opinion|words|eyes|account|telling|estimation|judge?ment|explanation|assessment|experience)"
SOURCES = _compiled(
    r",? ?\baccording to (?P<speaker>[^,]+?)(?=,|$)",
    rf",? ?\bin (?P<speaker>[^,]+?)['’]s? (?:own )?{ACCOUNT}\b(?! (?:of|on|about|that)\b),?",
    rf"(?:, |^)by (?P<speaker>[^,]+?)['’]s? (?:own )?{ACCOUNT}(?=,|$)",
    r",? ?\bin the (?:view|opinion|words|eyes) of (?P<speaker>[^,]+?)(?=,|$)",
    r", (?-i:per) (?P<speaker>[^,]+?)$",
    r", (?:as )?(?P<speaker>[^,]+?) (?:says|said|claims|argues|thinks|believes|(?:sees|tells|puts|told|put|saw) it)$",
    r", (?:says|said|argues) (?P<speaker>[^,]+)$",
)

DIFFER = r"(?:differ|disagree|compare|diverge|contrast|part ways)"
ABOUT = r"(?:about|on|over|of|to|in|when it comes to|regarding|that|whether)"
ON = rf"(?:(?: say| said| saying| think)?(?: {ABOUT}\b)+ (?P<topic>.+))?$"
PAIR = r"(?P<one>.+?)(?:['’]s?)?,? (?:and|with|to|versus|vs\.?) (?P<other>.+?)"
VIEWS = rf"(?:['’]s?)?(?: {STANCE})?"
OF_BOTH = rf"(?:the {STANCE} of )?"
COMPARISONS = _compiled(
    rf"^(?:please )?(?:compare|contrast) (?:what |how )?{OF_BOTH}{PAIR}{VIEWS}(?: (?:responded|reacted|think))?{ON}",
    rf"^how {AUX} (?P<one>.+?)['’]s? and (?P<other>.+?)['’]s? {STANCE} {ABOUT} (?P<topic>.+?) {DIFFER}\b.*$",
    rf"^how {AUX} (?P<one>.+?)['’]s? {STANCE} {ABOUT} (?P<topic>.+?) {DIFFER} (?:from|with|to) "
    r"(?P<other>.+?)(?:['’]s)?$",
    rf"^(?:how|where|on what) {AUX} {PAIR} {DIFFER}(?: in their \w+)?{ON}",
    rf"^how (?:far apart|close) {BE} {PAIR}{ON}",
    rf"^(?:do|did|does|are|have) {PAIR} (?:agree|disagree|differ|agreed|at odds|see eye to eye){ON}",
    rf"^what(?: is|['’]s| are| was| were) the differences? between {OF_BOTH}{PAIR}{VIEWS}{ON}",
    rf"^(?P<one>.+?) (?:versus|vs\.?) (?P<other>.+?){ON}",
)

TIES = (
    "(?:before|after|during|following|since|until|in|at|on|by|when|while|as|once|upon|amid|under|despite|besides|"
    "apart from|of|among|for|with|ahead of|prior to|because of|if)"
)
LED = re.compile(
    rf"^(?:and |but |so )?(?P<lead>(?:(?:just|right|soon|shortly|immediately|even) )?{TIES}\b(?! {AUX}\b)"
    rf"(?:(?!\b{ASKS}\b)[^,:?]){{2,90}}), (?:and )?"
    rf"(?P<asked>(?:(?:in|on|at|by|for|from|to|with|of) )?(?:(?:{ASKS}|whom|name|list)\b|{AUX} ).+)$",
    re.IGNORECASE,
)


def lead_of(question: str) -> tuple[str, str]:
    """What leads up to a question, and the rest: "after the fire", "who fled"; nothing, and the question itself."""
    led = LED.match(question)
    return (f"{led['lead'][0].lower()}{led['lead'][1:]}", led["asked"]) if led else ("", question)


def asked_first(question: str) -> str:
    """What leads up to a question put after it: "After the fire, who fled" asks who fled after the fire."""
    lead, asked = lead_of(question)
    return f"{asked} {lead}".rstrip()
