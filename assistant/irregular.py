"""Irregular forms of English verbs -> the verb: "won" is found where "win" is asked for."""

from __future__ import annotations

from collections.abc import Mapping

VERBS = """
arise arose arisen; beat beaten; become became; begin began begun; bend bent; bind bound; bite bit bitten; bleed bled;
blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; catch caught;
choose chose chosen; cling clung; come came; creep crept; deal dealt; die died dying; dig dug; draw drew drawn;
drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
flee fled; fly flew flown; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven;
freeze froze frozen; go went gone going; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept;
know knew known; lay laid; lead led; learn learnt; leave left; lend lent; lie lied lying; lose lost; make made;
mean meant; meet met; mislead misled; oversee oversaw overseen; overthrow overthrew overthrown; pay paid; quit quits;
rebuild rebuilt; ride rode ridden; ring rang rung; rise rose risen; run ran; seek sought; sell sold; send sent;
shake shook shaken; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept;
slide slid; speak spoke spoken; spend spent; spin spun; spring sprang sprung; stand stood; steal stole stolen;
stick stuck; strike struck stricken; sue sued suing; swear swore sworn; sweep swept; swim swam swum; swing swung;
teach taught; tear tore torn; think thought; throw threw thrown; tie tied tying; undergo underwent undergone;
understand understood; undertake undertook undertaken; uphold upheld; use used; wake woke woken; wear wore worn;
weep wept; win won; withdraw withdrew withdrawn; withhold withheld; write wrote written
"""
"""Without those of which a form is more often another word (saw, ground, wound), or the verb says little (give)."""
BASES: Mapping[str, str] = {
    form: forms[0] for entry in VERBS.split(";") if (forms := entry.split()) for form in forms[1:]
}
"""The verb of each form, in small letters."""
