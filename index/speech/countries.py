"""The countries of the world as news names them: name, demonyms, capital, and other names that mean the country.

A government is named by its capital or its seat ("Pyongyang", "the Kremlin"), which is why those stand here too.
"""

from __future__ import annotations

from functools import lru_cache

from index.speech.letters import without_accents

TABLE = """
Afghanistan|Afghan|Kabul|
Albania|Albanian|Tirana|
Algeria|Algerian|Algiers|
Andorra|Andorran||
Angola|Angolan|Luanda|
Antigua and Barbuda|Antiguan||
Argentina|Argentine,Argentinian|Buenos Aires|
Armenia|Armenian|Yerevan|
Australia|Australian|Canberra|
Austria|Austrian|Vienna|
Azerbaijan|Azerbaijani,Azeri|Baku|
Bahamas|Bahamian|Nassau|
Bahrain|Bahraini|Manama|
Bangladesh|Bangladeshi|Dhaka|
Barbados|Barbadian|Bridgetown|
Belarus|Belarusian,Belarussian|Minsk|
Belgium|Belgian||
Belize|Belizean|Belmopan|
Benin|Beninese|Porto-Novo|
Bhutan|Bhutanese|Thimphu|
Bolivia|Bolivian|La Paz,Sucre|
Bosnia and Herzegovina|Bosnian|Sarajevo|Bosnia
Botswana|Botswanan|Gaborone|
Brazil|Brazilian|Brasilia,Brasília|
Brunei|Bruneian|Bandar Seri Begawan|
Bulgaria|Bulgarian|Sofia|
Burkina Faso|Burkinabe|Ouagadougou|
Burundi|Burundian|Bujumbura,Gitega|
Cambodia|Cambodian|Phnom Penh|
Cameroon|Cameroonian|Yaounde|
Canada|Canadian|Ottawa|
Cape Verde|Cape Verdean|Praia|Cabo Verde
Central African Republic|Central African|Bangui|CAR
Chad|Chadian|N'Djamena|
Chile|Chilean|Santiago|
China|Chinese|Beijing|PRC,People's Republic of China,Zhongnanhai
Colombia|Colombian|Bogota,Bogotá|
Comoros|Comorian|Moroni|
Costa Rica|Costa Rican|San Jose|
Croatia|Croatian|Zagreb|
Cuba|Cuban|Havana|
Cyprus|Cypriot|Nicosia|
Czech Republic|Czech|Prague|Czechia
Democratic Republic of the Congo|Congolese|Kinshasa|DRC,DR Congo,Democratic Republic of Congo,Congo
Denmark|Danish,Dane|Copenhagen|
Djibouti|Djiboutian||
Dominica|||
Dominican Republic|Dominican|Santo Domingo|
East Timor|Timorese|Dili|Timor-Leste
Ecuador|Ecuadorian,Ecuadorean|Quito|
Egypt|Egyptian|Cairo|
El Salvador|Salvadoran|San Salvador|
Equatorial Guinea|Equatoguinean|Malabo|
Eritrea|Eritrean|Asmara|
Estonia|Estonian|Tallinn|
Eswatini|Swazi|Mbabane|Swaziland
Ethiopia|Ethiopian|Addis Ababa|
Fiji|Fijian|Suva|
Finland|Finnish,Finn|Helsinki|
France|French|Paris|Elysee,Élysée,Elysée
Gabon|Gabonese|Libreville|
Gambia|Gambian|Banjul|The Gambia
Georgia|Georgian|Tbilisi|
Germany|German|Berlin|
Ghana|Ghanaian|Accra|
Greece|Greek|Athens|
Grenada|Grenadian||
Guatemala|Guatemalan|Guatemala City|
Guinea|Guinean|Conakry|
Guinea-Bissau||Bissau|
Guyana|Guyanese||
Haiti|Haitian|Port-au-Prince|
Honduras|Honduran|Tegucigalpa|
Hong Kong|Hong Konger||
Hungary|Hungarian|Budapest|
Iceland|Icelandic|Reykjavik|
India|Indian|New Delhi,Delhi|
Indonesia|Indonesian|Jakarta|
Iran|Iranian|Tehran|Islamic Republic of Iran,Islamic Republic
Iraq|Iraqi|Baghdad|
Ireland|Irish|Dublin|Republic of Ireland
Israel|Israeli|Jerusalem,Tel Aviv|
Italy|Italian|Rome|
Ivory Coast|Ivorian|Abidjan,Yamoussoukro|Cote d'Ivoire,Côte d'Ivoire
Jamaica|Jamaican||
Japan|Japanese|Tokyo|
Jordan|Jordanian|Amman|
Kazakhstan|Kazakh,Kazakhstani|Astana,Nur-Sultan|
Kenya|Kenyan|Nairobi|
Kiribati|I-Kiribati||
Kosovo|Kosovar,Kosovan|Pristina|
Kuwait|Kuwaiti|Kuwait City|
Kyrgyzstan|Kyrgyz|Bishkek|
Laos|Laotian,Lao|Vientiane|
Latvia|Latvian|Riga|
Lebanon|Lebanese|Beirut|
Lesotho|Basotho|Maseru|
Liberia|Liberian|Monrovia|
Libya|Libyan|Tripoli|
Liechtenstein||Vaduz|
Lithuania|Lithuanian|Vilnius|
Luxembourg|Luxembourgish||
Madagascar|Malagasy|Antananarivo|
Malawi|Malawian|Lilongwe|
Malaysia|Malaysian|Kuala Lumpur,Putrajaya|
Maldives|Maldivian|Male|
Mali|Malian|Bamako|
Malta|Maltese|Valletta|
Marshall Islands|Marshallese|Majuro|
Mauritania|Mauritanian|Nouakchott|
Mauritius|Mauritian|Port Louis|
Mexico|Mexican|Mexico City|
Micronesia|Micronesian||
Moldova|Moldovan|Chisinau|
Monaco|Monegasque||
Mongolia|Mongolian|Ulaanbaatar,Ulan Bator|
Montenegro|Montenegrin|Podgorica|
Morocco|Moroccan|Rabat|
Mozambique|Mozambican|Maputo|
Myanmar|Burmese|Naypyidaw,Yangon|Burma
Namibia|Namibian|Windhoek|
Nauru|Nauruan||
Nepal|Nepali,Nepalese|Kathmandu|
Netherlands|Dutch|The Hague,Amsterdam|Holland
New Zealand|New Zealander|Wellington|
Nicaragua|Nicaraguan|Managua|
Niger|Nigerien|Niamey|
Nigeria|Nigerian|Abuja|
North Korea|North Korean|Pyongyang|DPRK,N. Korea,NKorea,Democratic People's Republic of Korea
North Macedonia|Macedonian,North Macedonian|Skopje|Macedonia
Norway|Norwegian|Oslo|
Oman|Omani|Muscat|
Pakistan|Pakistani|Islamabad|
Palau|Palauan||
Palestine|Palestinian|Ramallah|Palestinian Authority
Panama|Panamanian|Panama City|
Papua New Guinea|Papua New Guinean|Port Moresby|PNG
Paraguay|Paraguayan|Asuncion|
Peru|Peruvian|Lima|
Philippines|Filipino,Philippine|Manila|
Poland|Polish,Pole|Warsaw|
Portugal|Portuguese|Lisbon|
Qatar|Qatari|Doha|
Republic of the Congo||Brazzaville|Congo-Brazzaville
Romania|Romanian|Bucharest|
Russia|Russian|Moscow|Kremlin,Russian Federation
Rwanda|Rwandan|Kigali|
Saint Kitts and Nevis|||St. Kitts and Nevis
Saint Lucia|||St. Lucia
Saint Vincent and the Grenadines|||St. Vincent and the Grenadines
Samoa|Samoan|Apia|
San Marino|Sammarinese||
Sao Tome and Principe|||
Saudi Arabia|Saudi,Saudi Arabian|Riyadh|KSA
Senegal|Senegalese|Dakar|
Serbia|Serbian,Serb|Belgrade|
Seychelles|Seychellois||
Sierra Leone|Sierra Leonean|Freetown|
Singapore|Singaporean||
Slovakia|Slovak,Slovakian|Bratislava|
Slovenia|Slovenian,Slovene|Ljubljana|
Solomon Islands|Solomon Islander|Honiara|
Somalia|Somali,Somalian|Mogadishu|
South Africa|South African|Pretoria,Cape Town|
South Korea|South Korean|Seoul|ROK,S. Korea,SKorea,Republic of Korea,Korea
South Sudan|South Sudanese|Juba|
Spain|Spanish,Spaniard|Madrid|
Sri Lanka|Sri Lankan|Colombo|
Sudan|Sudanese|Khartoum|
Suriname|Surinamese|Paramaribo|
Sweden|Swedish,Swede|Stockholm|
Switzerland|Swiss|Bern,Berne|
Syria|Syrian|Damascus|
Taiwan|Taiwanese|Taipei|Republic of China
Tajikistan|Tajik|Dushanbe|
Tanzania|Tanzanian|Dodoma,Dar es Salaam|
Thailand|Thai|Bangkok|
Togo|Togolese|Lome|
Tonga|Tongan||
Trinidad and Tobago|Trinidadian|Port of Spain|
Tunisia|Tunisian|Tunis|
Turkey|Turkish,Turk|Ankara|Turkiye,Türkiye
Turkmenistan|Turkmen|Ashgabat|
Tuvalu|Tuvaluan||
Uganda|Ugandan|Kampala|
Ukraine|Ukrainian|Kyiv,Kiev|
United Arab Emirates|Emirati|Abu Dhabi|UAE,Emirates
United Kingdom|British,Briton|London|UK,U.K.,Britain,Great Britain,Downing Street,Whitehall
United States|American,US,U.S.|Washington|US,U.S.,USA,U.S.A.,America,United States of America,White House
Uruguay|Uruguayan|Montevideo|
Uzbekistan|Uzbek|Tashkent|
Vanuatu|Ni-Vanuatu||
Vatican City|Vatican||Vatican,Holy See
Venezuela|Venezuelan|Caracas|
Vietnam|Vietnamese|Hanoi|Viet Nam
Yemen|Yemeni|Sanaa,Sana'a|
Zambia|Zambian|Lusaka|
Zimbabwe|Zimbabwean|Harare|
European Union|European||EU,E.U.,Brussels
"""


def _folded(name: str) -> str:
    """Give a name as it is looked up: lower case, without accents and full stops, straight apostrophes."""
    return without_accents(name).lower().replace(".", "").replace("’", "'").strip()


def _columns() -> tuple[dict[str, str], dict[str, str]]:
    """Adjective -> country, and every name, capital and alias -> country."""
    adjectives: dict[str, str] = {}
    names: dict[str, str] = {}
    for line in TABLE.strip().splitlines():
        name, demonyms, capitals, aliases = (part.strip() for part in line.split("|"))
        for demonym in filter(None, demonyms.split(",")):
            adjectives[_folded(demonym)] = name
            adjectives.setdefault(_folded(demonym) + "s", name)
        for other in (name, *capitals.split(","), *aliases.split(",")):
            if other:
                names.setdefault(_folded(other), name)
    return adjectives, names


ADJECTIVES, NAMES = _columns()


def country_of_adjective(word: str) -> str | None:
    """Give the country that a demonym or adjective belongs to: "Ukrainian" -> "Ukraine"."""
    return ADJECTIVES.get(_folded(word))


def country_of(name: str) -> str | None:
    """Give the country meant by a name, adjective, capital or alias: "Pyongyang" -> "North Korea"."""
    key = _folded(name).removeprefix("the ")
    return NAMES.get(key) or ADJECTIVES.get(key)


@lru_cache(maxsize=50_000)
def leading_country(name: str) -> tuple[str | None, tuple[str, ...]]:
    """Give the country that a name begins with, and the words after it ("the Dutch prime minister")."""
    words = name.replace("’", "'").removeprefix("the ").removeprefix("The ").split()
    for cut in (3, 2, 1):
        country = country_of(" ".join(words[:cut]).removesuffix("'s").removesuffix("'"))
        if country:
            return country, tuple(words[cut:])
    return None, tuple(words)
