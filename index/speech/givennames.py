"""Common given names, and the words for people that tell a gender."""

from __future__ import annotations

from index.speech.wordset import words

HE = words("he him his himself")
SHE = words("she her hers herself")
MALE_WORDS = words(
    """
    mr sir lord king prince pope father brother son husband man boy spokesman chairman congressman councilman
    businessman actor grandfather uncle nephew dad boyfriend duke monk frontman assemblyman cardinal archbishop
    gentleman quarterback
    """
)
FEMALE_WORDS = words(
    """
    mrs ms miss dame lady queen princess mother sister daughter wife woman girl spokeswoman chairwoman
    congresswoman councilwoman businesswoman actress grandmother aunt niece mom girlfriend duchess nun
    assemblywoman
    """
)
MALE_NAMES = words(
    """
    aaron adam adrian ahmed alan albert alejandro alex alexander alexei alfred ali allan allen andre andrei andrew
    andy angel anthony antonio antony arnold arthur asher austin barack barry ben benjamin bernard bill billy bob
    bobby boris brad bradley brandon brendan brent brett brian bruce bryan caleb cameron carl carlos chad charles
    charlie chris christian christopher chuck clarence clark claude clay cody colin connor corey craig curtis dan
    daniel danny darren dave david dean dennis derek diego dmitri dmitry dmytro dominic don donald doug douglas
    drew duncan dustin dwight dylan ed eddie edgar eduardo edward edwin elijah elliot elon emmanuel enrique eric
    erik ernest ethan eugene evan felipe felix fernando francis francisco frank franklin fred frederick gabriel
    gareth garrett gary gavin gene geoffrey george gerald gerard giovanni glenn gordon graham grant greg gregg
    gregory guillermo gus guy hank harold harrison harry harvey hassan hector henry herbert howard hugh hugo
    hunter ian ibrahim igor isaac ivan jack jacob jaime jake jamal james jamie jared jason javier jay jean-claude
    jeff jeffrey jens jeremy jeremiah jerome jerry jesse jesus jim jimmy joe joel john johnny jon jonah jonathan
    jordan jorge jose joseph josh joshua juan julian julio justin karl keith ken kenneth kenny kevin kurt kyle
    lance larry lawrence lee leo leon leonard leonardo levi lewis liam lloyd logan louis lucas luis luke malcolm
    manuel marc marco marcus mario mark marshall martin marvin mason mathew matt matthew maurice max michael
    miguel mike mikhail mitch mitchell mohamed mohammad mohammed morgan moses muhammad nathan nathaniel neil
    nelson nicholas nick nicolas nigel noah norman oleg oleksandr oleksiy oliver omar oscar owen pablo patrick
    paul pedro perry pete peter phil philip phillip pierre rafael ralph randy raul ray raymond reggie rex ricardo
    richard rick ricky rob robbie robert roberto rodney roger roland ron ronald ross roy russell ryan salvador sam
    samuel scott sean sebastian serge sergei sergey sergio seth shane shaun shawn sidney simon spencer stan
    stanley stefan stephen steve steven stewart stuart sven ted terrence terry theodore thomas tim timothy toby
    todd tom tommy tony travis trevor tristan troy tucker tyler victor vincent viktor vladimir volodymyr wade
    walter warren wayne wesley will william willie wolfgang xavier yuri zachary zach mitt mahmoud jair recep xi
    """
)
FEMALE_NAMES = words(
    """
    abby abigail adriana agnes alexandra alexandria alexis alice alicia alison allison alyssa amanda amber amelia
    amy ana andrea angela angelina anita ann anna anne annette annie april ariana ashley audrey ava barbara
    beatrice becky belinda bella bernadette beth betty beverly billie bonnie brenda brianna bridget brittany
    brooke camila camille candace carla carly carmen carol carole caroline carolyn carrie catherine cathy cecilia
    celeste charlotte chelsea cheryl chloe christina christine cindy claire clara claudia colleen connie courtney
    crystal cynthia daisy dana danielle dawn deanna debbie deborah debra denise diana diane donna dora doris
    dorothy edith eileen elaine eleanor elena elisabeth elise elizabeth ella ellen emily emma erica erin esther
    eva evelyn faith fiona florence frances gabriela gabrielle gail georgia gina giorgia gisele gladys gloria
    grace greta gretchen gwen hailey hannah harriet hazel heather heidi helen hillary holly hope ingrid irene iris
    isabel isabella ivanka jacinda jackie jacqueline jane janet janice jasmine jean jeanette jeanne jenna jennifer
    jenny jessica jill jillian jo joan joann joanna jocelyn jodi josephine joy joyce juanita judith judy julia june
    julie kamala karen karine kate katherine kathleen kathryn kathy katie kayla kelly kerry kim kimberly kirsten
    kristen kristin kristina kristine laura lauren leah leana leslie lillian lily linda lindsay lindsey lisa liz
    lois loretta lori lorraine louise lucia lucy lydia lynn mackenzie madeleine madison mallory mandy marcia
    margaret maria marian marie marilyn marina marissa marjorie marlene marsha martha mary maureen megan meghan
    melanie melinda melissa mercedes meredith mia michele michelle mildred miranda molly monica monique nadia
    nancy naomi natalia natalie natasha nicole nikki nina nora norma olga olivia pamela pat patricia patty paula
    pauline peggy penny phyllis priscilla rachael rachel rebecca regina renee rhonda rita roberta robin rochelle
    rosa rose rosemary roxanne ruby ruth sabrina sally samantha sandra sara sarah savannah scarlett serena shannon
    sharon sheila shelby shelley sherry shirley simone sofia sonia sophia sophie stacey stacy stella stephanie sue
    susan susanna suzanne sylvia tamara tammy tanya tara taylor teresa tessa thelma theresa tiffany tina toni
    tracey tracy ursula valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy
    whitney yolanda yvette yvonne zoe oksana iryna anastasia ekaterina irina maryna lesia
    """
)
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES


def given_gender(name: str) -> str:
    """Give "m" or "f" when the first word is a common given name of one of them, else ""."""
    first = name.split(" ", 1)[0].lower()
    if first in MALE_NAMES:
        return "m"
    return "f" if first in FEMALE_NAMES else ""


def word_gender(words: frozenset[str]) -> str:
    """Give "m" or "f" when a title or role says so ("Mr", "spokeswoman"), else ""."""
    if words & MALE_WORDS:
        return "m"
    return "f" if words & FEMALE_WORDS else ""
