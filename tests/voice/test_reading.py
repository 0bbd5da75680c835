"""What a coach says in each language for what is written; the tables come from no program."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.voice import speakable

GERMAN = {
    "30s": "Dreißig Sekunden",
    "30 s Pause": "Dreißig Sekunden Pause",
    "1 Sek.": "Eine Sekunde.",
    "1m30s": "Eine Minute dreißig Sekunden",
    "1h30m": "Eine Stunde dreißig Minuten",
    "Noch 1 Min": "Noch eine Minute",
    "1:30": "Eine Minute dreißig",
    "0:45": "Fünfundvierzig Sekunden",
    "1:02:30": "Eine Stunde zwei Minuten dreißig",
    "Start um 18:30 Uhr": "Start um achtzehn Uhr dreißig",
    "3x12": "Drei mal zwölf",
    "3 x 12": "Drei mal zwölf",
    "1x12": "Ein mal zwölf",
    "3x30s": "Drei mal dreißig Sekunden",
    "4x400m": "Vier mal vierhundert Meter",
    "2x": "Zwei mal",
    "10-15": "Zehn bis fünfzehn",
    "10–15 Wdh.": "Zehn bis fünfzehn Wiederholungen.",  # noqa: RUF001
    "1-2 Minuten": "Eine bis zwei Minuten",
    "10 kg": "Zehn Kilogramm",
    "2,5 kg": "Zwei Komma fünf Kilogramm",
    "2.5 kg": "Zwei Komma fünf Kilogramm",
    "1.500 m": "Eintausendfünfhundert Meter",
    "5km": "Fünf Kilometer",
    "800 m": "Achthundert Meter",
    "4:22 pro km": "Vier Minuten zweiundzwanzig pro Kilometer",
    "4:22/km": "Vier Minuten zweiundzwanzig pro Kilometer",
    "4:22 min/km": "Vier Minuten zweiundzwanzig pro Kilometer",
    "5:00 pro Kilometer": "Fünf Minuten pro Kilometer",
    "8 km/h": "Acht Kilometer pro Stunde",
    "Satz 2/4.": "Satz zwei von vier.",
    "85 %": "Fünfundachtzig Prozent",
    "#3": "Nummer drei",
    "Nr. 3": "Nummer drei",
    "3. Satz": "Dritter Satz",
    "der 3. Satz": "der dritte Satz",
    "im 2. Durchgang": "im zweiten Durchgang",
    "in der 2. Runde": "in der zweiten Runde",
    "die 1. Runde": "die erste Runde",
    "2. Wiederholung": "Zweite Wiederholung",
    "1. Set": "Erstes Set",
    "Links 8. Rechts 8.": "Links acht. Rechts acht.",
    "-5 °C": "Minus fünf Grad Celsius",
    "90°": "Neunzig Grad",
    "@ 60%": "Bei sechzig Prozent",
    "Arme & Beine": "Arme und Beine",
    "3 + 1": "Drei plus eins",
    "½ Runde": "Eine halbe Runde",
    "½ km": "Ein halber Kilometer",
    "1½ km": "Eineinhalb Kilometer",
    "2½ Stunden": "Zweieinhalb Stunden",
    "1 Wiederholung": "Eine Wiederholung",
    "1 Satz": "Ein Satz",
    "1 Burpee": "Ein Burpee",
    "21 Kniebeugen": "Einundzwanzig Kniebeugen",
    "3, 2, 1.": "Drei, zwei, eins.",
    "20s/Bein": "Zwanzig Sekunden pro Bein",
    "Tempo 2-1-1-0.": "Tempo zwei eins eins null.",
    "RDL mit KH": "R D L mit Kurzhantel",
    "AMRAP, dann EMOM": "amrap, dann emom",
    "z. B. 5 min": "zum Beispiel fünf Minuten",
    "1RM": "Ein Wiederholungsmaximum",
    "007": "Null null sieben",
    "3er-Gruppe": "Dreier-Gruppe",
    "20 m²": "Zwanzig Meter Quadrat",
    "2:30 h": "Zwei Stunden dreißig Minuten",
    "45'": "Fünfundvierzig Minuten",
    "1 oder 2 Runden": "Eine oder zwei Runden",
    "1/2 km": "Ein halber Kilometer",
    "Tempo 3-1-X-1": "Tempo drei eins X eins",
    "km/h": "Kilometer pro Stunde",
    "Puls 140-160 bpm": "Puls einhundertvierzig bis einhundertsechzig Schläge pro Minute",
}
SPANISH = {
    "30s": "Treinta segundos",
    "30 s de pausa": "Treinta segundos de pausa",
    "1m30s": "Un minuto y treinta segundos",
    "1h30m": "Una hora y treinta minutos",
    "21 min": "Veintiún minutos",
    "1:30": "Un minuto treinta",
    "0:45": "Cuarenta y cinco segundos",
    "3x12": "Tres series de doce",
    "3 x 12": "Tres series de doce",
    "1x12": "Una serie de doce",
    "3x30s": "Tres series de treinta segundos",
    "4x400m": "Cuatro veces cuatrocientos metros",
    "2x": "Dos veces",
    "10-15": "Diez a quince",
    "10–15 reps": "Diez a quince repeticiones",  # noqa: RUF001
    "10 kg": "Diez kilos",
    "1 kg": "Un kilo",
    "2,5 kg": "Dos coma cinco kilos",
    "2.5 kg": "Dos coma cinco kilos",
    "1.500 m": "Mil quinientos metros",
    "5km": "Cinco kilómetros",
    "800 m": "Ochocientos metros",
    "4:22 por km": "Cuatro minutos veintidós por kilómetro",
    "4:22/km": "Cuatro minutos veintidós por kilómetro",
    "4:22 min/km": "Cuatro minutos veintidós por kilómetro",
    "8 km/h": "Ocho kilómetros por hora",
    "Serie 2/4.": "Serie dos de cuatro.",
    "85 %": "Ochenta y cinco por ciento",
    "#3": "Número tres",
    "n.º 3": "número tres",
    "3.ª serie": "Tercera serie",
    "3ª serie": "Tercera serie",
    "2º bloque": "Segundo bloque",
    "1er bloque": "Primer bloque",
    "3.er bloque": "Tercer bloque",
    "-5 °C": "Menos cinco grados Celsius",
    "90°": "Noventa grados",
    "@ 60%": "al sesenta por ciento",
    "brazos & piernas": "brazos y piernas",
    "3 + 1": "Tres más uno",
    "½ km": "Medio kilómetro",
    "½ hora": "Media hora",
    "1½ km": "Un kilómetro y medio",
    "2½ horas": "Dos horas y media",
    "21 repeticiones": "Veintiuna repeticiones",
    "1 serie": "Una serie",
    "200 sentadillas": "Doscientas sentadillas",
    "1 ejercicio": "Un ejercicio",
    "21 burpees": "Veintiún burpees",
    "1 por lado": "Uno por lado",
    "3, 2, 1.": "Tres, dos, uno.",
    "¡3 más!": "¡Tres más!",
    "20s/pierna": "Veinte segundos por pierna",
    "RDL": "R D L",
    "AMRAP y EMOM": "amrap y emom",
    "p. ej. 5 min": "por ejemplo cinco minutos",
    "1RM": "Una repetición máxima",
    "1'30\"": "Un minuto y treinta segundos",
    '30"': "Treinta segundos",
    "1 o 2 series": "Una o dos series",
    "31 patadas": "Treinta y una patadas",
    "a las 18:30 h": "a las dieciocho horas y treinta minutos",
    "20 m²": "Veinte metros al cuadrado",
}
FRENCH = {
    "30s": "Trente secondes",
    "30 s de repos": "Trente secondes de repos",
    "1m30s": "Une minute trente secondes",
    "1h30": "Une heure trente minutes",
    "21 min": "Vingt-et-une minutes",
    "1:30": "Une minute trente",
    "0:45": "Quarante-cinq secondes",
    "3x12": "Trois séries de douze",
    "3 x 12": "Trois séries de douze",
    "1x12": "Une série de douze",
    "3x30s": "Trois séries de trente secondes",
    "4x400m": "Quatre fois quatre cents mètres",
    "1x": "Une fois",
    "10-15": "Dix à quinze",
    "10–15 reps": "Dix à quinze répétitions",  # noqa: RUF001
    "10 kg": "Dix kilos",
    "2,5 kg": "Deux virgule cinq kilos",
    "2.5 kg": "Deux virgule cinq kilos",
    "1,5 km": "Un virgule cinq kilomètre",
    "1 500 m": "Mille cinq cents mètres",
    "5km": "Cinq kilomètres",
    "800 m": "Huit cents mètres",
    "4:22 par km": "Quatre minutes vingt-deux au kilomètre",
    "4:22/km": "Quatre minutes vingt-deux au kilomètre",
    "4:22 min/km": "Quatre minutes vingt-deux au kilomètre",
    "8 km/h": "Huit kilomètres par heure",
    "Série 2/4.": "Série deux sur quatre.",
    "85 %": "Quatre-vingt-cinq pour cent",
    "#3": "Numéro trois",
    "n° 3": "numéro trois",
    "1er tour": "Premier tour",
    "1re série": "Première série",
    "1ère série": "Première série",
    "3e série": "Troisième série",
    "2ème tour": "Deuxième tour",
    "-5 °C": "Moins cinq degrés Celsius",
    "90°": "Quatre-vingt-dix degrés",
    "@ 60%": "À soixante pour cent",
    "bras & jambes": "bras et jambes",
    "3 + 1": "Trois plus un",
    "½ km": "Un demi kilomètre",
    "1½ km": "Un kilomètre et demi",
    "2½ heures": "Deux heures et demie",
    "21 répétitions": "Vingt-et-une répétitions",
    "1 série": "Une série",
    "1 exercice": "Un exercice",
    "31 fentes": "Trente-et-une fentes",
    "3, 2, 1.": "Trois, deux, un.",
    "20s/jambe": "Vingt secondes par jambe",
    "RDL": "R D L",
    "AMRAP": "amrap",
    "max. 5 min": "maximum cinq minutes",
    "1RM": "Une répétition maximale",
    '30"': "Trente secondes",
    "18h30": "Dix-huit heures trente minutes",
    "1 ou 2 séries": "Une ou deux séries",
}
ITALIAN = {
    "30s": "Trenta secondi",
    "30 s di pausa": "Trenta secondi di pausa",
    "1 s": "Un secondo",
    "1m30s": "Un minuto e trenta secondi",
    "1h30m": "Un'ora e trenta minuti",
    "1:30": "Un minuto e trenta",
    "0:45": "Quarantacinque secondi",
    "3x12": "Tre serie da dodici",
    "3 x 12": "Tre serie da dodici",
    "1x12": "Una serie da dodici",
    "3x30s": "Tre serie da trenta secondi",
    "4x400m": "Quattro volte quattrocento metri",
    "1x": "Una volta",
    "10-15": "Dieci a quindici",
    "10–15 rip.": "Dieci a quindici ripetizioni.",  # noqa: RUF001
    "10 kg": "Dieci chili",
    "1 kg": "Un chilo",
    "2,5 kg": "Due virgola cinque chili",
    "2.5 kg": "Due virgola cinque chili",
    "1.500 m": "Millecinquecento metri",
    "5km": "Cinque chilometri",
    "800 m": "Ottocento metri",
    "4:22 al km": "Quattro minuti e ventidue al chilometro",
    "4:22/km": "Quattro minuti e ventidue al chilometro",
    "4:22 min/km": "Quattro minuti e ventidue al chilometro",
    "8 km/h": "Otto chilometri all'ora",
    "Serie 2/4.": "Serie due di quattro.",
    "85 %": "Ottantacinque per cento",
    "#3": "Numero tre",
    "n. 3": "numero tre",
    "3ª serie": "Terza serie",
    "3º giro": "Terzo giro",
    "3° giro": "Terzo giro",
    "-5 °C": "Meno cinque gradi Celsius",
    "90°": "Novanta gradi",
    "@ 60%": "al sessanta per cento",
    "braccia & gambe": "braccia e gambe",
    "3 + 1": "Tre più uno",
    "½ km": "Mezzo chilometro",
    "½ ora": "Mezza ora",
    "1½ km": "Un chilometro e mezzo",
    "2½ ore": "Due ore e mezza",
    "21 ripetizioni": "Ventuno ripetizioni",
    "1 serie": "Una serie",
    "1 squat": "Uno squat",
    "1 esercizio": "Un esercizio",
    "1 per lato": "Uno per lato",
    "3, 2, 1.": "Tre, due, uno.",
    "20s/gamba": "Venti secondi per gamba",
    "gamba dx": "gamba destra",
    "RDL": "R D L",
    "AMRAP": "amrap",
    "1RM": "Una ripetizione massimale",
    'ogni 30"': "ogni trenta secondi",
    "@ 80%": "all'ottanta per cento",
    "1 zavorra": "Una zavorra",
    "1 alla volta": "Uno alla volta",
}
PORTUGUESE = {
    "30s": "Trinta segundos",
    "30 s de pausa": "Trinta segundos de pausa",
    "1m30s": "Um minuto e trinta segundos",
    "2h30m": "Duas horas e trinta minutos",
    "1:30": "Um minuto e trinta",
    "0:45": "Quarenta e cinco segundos",
    "3x12": "Três séries de doze",
    "3 x 12": "Três séries de doze",
    "1x12": "Uma série de doze",
    "2x12": "Duas séries de doze",
    "3x30s": "Três séries de trinta segundos",
    "4x400m": "Quatro vezes quatrocentos metros",
    "2x": "Duas vezes",
    "10-15": "Dez a quinze",
    "2–3 reps": "Duas a três repetições",  # noqa: RUF001
    "10 kg": "Dez quilos",
    "2,5 kg": "Dois vírgula cinco quilos",
    "2.5 kg": "Dois vírgula cinco quilos",
    "1.500 m": "Mil e quinhentos metros",
    "5km": "Cinco quilómetros",
    "800 m": "Oitocentos metros",
    "4:22 por km": "Quatro minutos e vinte e dois por quilómetro",
    "4:22/km": "Quatro minutos e vinte e dois por quilómetro",
    "4:22 min/km": "Quatro minutos e vinte e dois por quilómetro",
    "8 km/h": "Oito quilómetros por hora",
    "Série 2/4.": "Série dois de quatro.",
    "85 %": "Oitenta e cinco por cento",
    "#3": "Número três",
    "n.º 3": "número três",
    "3.ª série": "Terceira série",
    "3ª série": "Terceira série",
    "1º bloco": "Primeiro bloco",
    "-5 °C": "Menos cinco graus Celsius",
    "90°": "Noventa graus",
    "@ 60%": "A sessenta por cento",
    "braços & pernas": "braços e pernas",
    "3 + 1": "Três mais um",
    "½ km": "Meio quilómetro",
    "1½ km": "Um quilómetro e meio",
    "2½ horas": "Duas horas e meia",
    "2 repetições": "Duas repetições",
    "21 repetições": "Vinte e uma repetições",
    "1 série": "Uma série",
    "2 exercícios": "Dois exercícios",
    "16 flexões": "Dezasseis flexões",
    "3, 2, 1.": "Três, dois, um.",
    "20s/perna": "Vinte segundos por perna",
    "RDL": "R D L",
    "AMRAP": "amrap",
    "1RM": "Uma repetição máxima",
    "1'30\"": "Um minuto e trinta segundos",
    "2 pernas": "Duas pernas",
    "2 para cada": "Dois para cada",
}
DUTCH = {
    "30s": "Dertig seconden",
    "30 s rust": "Dertig seconden rust",
    "1 s": "Een seconde",
    "1m30s": "Een minuut dertig seconden",
    "1u30m": "Een uur dertig minuten",
    "1:30": "Een minuut dertig",
    "0:45": "Vijfenveertig seconden",
    "3x12": "Drie sets van twaalf",
    "3 x 12": "Drie sets van twaalf",
    "1x12": "Een set van twaalf",
    "3x30s": "Drie sets van dertig seconden",
    "4x400m": "Vier keer vierhonderd meter",
    "2x": "Twee keer",
    "10-15": "Tien tot vijftien",
    "10–15 herh.": "Tien tot vijftien herhalingen.",  # noqa: RUF001
    "10 kg": "Tien kilo",
    "2,5 kg": "Twee komma vijf kilo",
    "2.5 kg": "Twee komma vijf kilo",
    "1.500 m": "Duizendvijfhonderd meter",
    "5km": "Vijf kilometer",
    "800 m": "Achthonderd meter",
    "4:22 per km": "Vier minuten tweeëntwintig per kilometer",
    "4:22/km": "Vier minuten tweeëntwintig per kilometer",
    "4:22 min/km": "Vier minuten tweeëntwintig per kilometer",
    "8 km/u": "Acht kilometer per uur",
    "Set 2/4.": "Set twee van vier.",
    "85 %": "Vijfentachtig procent",
    "#3": "Nummer drie",
    "nr. 3": "nummer drie",
    "3e set": "Derde set",
    "1ste ronde": "Eerste ronde",
    "2de ronde": "Tweede ronde",
    "8e herhaling": "Achtste herhaling",
    "-5 °C": "Min vijf graden Celsius",
    "90°": "Negentig graden",
    "@ 60%": "Op zestig procent",
    "armen & benen": "armen en benen",
    "3 + 1": "Drie plus een",
    "½ km": "Een halve kilometer",
    "1½ km": "Anderhalve kilometer",
    "2½ km": "Twee en een half kilometer",
    "21 herhalingen": "Eenentwintig herhalingen",
    "3, 2, 1.": "Drie, twee, een.",
    "20s/been": "Twintig seconden per been",
    "RDL": "R D L",
    "AMRAP": "amrap",
    "bijv. 5 min": "bijvoorbeeld vijf minuten",
    "1½ uur": "Anderhalf uur",
    "1u30": "Een uur dertig minuten",
    "18:30 uur": "Achttien uur dertig",
}
JAPANESE = {
    "30s": "三十秒",
    "30 s": "三十秒",
    "残り10秒です。": "残り十秒です。",
    "1m30s": "イップン三十秒",
    "1:30": "イップン三十秒",
    "20分": "ニジュップン",
    "5分間": "ゴフン間",
    "0:45": "四十五秒",
    "3x12": "十二回をサンセット",
    "3 x 12": "十二回をサンセット",
    "3x30s": "三十秒をサンセット",
    "4x400m": "ヨンヒャクメートルを四本",
    "10-15": "ジュウからジュウゴ",
    "10〜15回": "十から十五回",
    "10 kg": "ジュッキログラム",
    "2.5 kg": "ニテンゴキログラム",
    "1.5キロ": "イッテンゴキロ",
    "5km": "ゴキロメートル",
    "800 m": "ハッピャクメートル",
    "4:22/km": "イチキロヨンプン二十二秒",
    "8 km/h": "ハチキロ毎時",
    "セット 2/4": "ヨンセット中ニセット目",
    "2/4": "ヨンブンノニ",
    "85 %": "ハチジュウゴパーセント",
    "85パーセント": "ハチジュウゴパーセント",
    "#3": "三番",
    "第3ラウンド": "第サンラウンド",
    "2セット中1セット目": "ニセット中イチセット目",
    "-5 °C": "マイナス五度",
    "90°": "九十度",
    "@ 60%": "ロクジュッパーセントで",
    "右 & 左": "右と左",
    "3 + 1": "サンプラスイチ",
    "½ km": "ニブンノイチキロメートル",
    "1½ km": "イチキロメートル半",
    "10回": "十回",
    "3、2、1。": "サン、ニ、イチ。",
    "3, 2, 1.": "サン、ニ、イチ。",
    "RDLを12回": "アールディーエルを十二回",
    "AMRAP": "アムラップ",
    "EMOM": "イーモム",
    "Tempo 2-1-1-0": "ティーイーエムピーオーニイチイチゼロ",
    "３０秒": "三十秒",
    "「右、左」": "右、左",
    "ヒップ・ヒンジ": "ヒップヒンジ",
    "3/4": "ヨンブンノサン",
    "2½時間": "二時間半",
    "60 rpm": "六十回転",
}
TABLES = {
    "de": GERMAN, "es": SPANISH, "fr": FRENCH, "it": ITALIAN, "pt": PORTUGUESE, "nl": DUTCH,
    "ja": JAPANESE,
}  # fmt: skip


@pytest.mark.parametrize("language", TABLES)
def test_each_language_is_read_as_a_coach_says_it(language: str) -> None:
    table = TABLES[language]
    assert {written: speakable(written, language=language) for written in table} == table


@pytest.mark.parametrize("language", TABLES)
def test_what_can_be_spoken_stays_as_it_is(language: str) -> None:
    said = set(TABLES[language].values())
    assert {speakable(text, language=language) for text in said} == said


REGIONS = {
    ("pt-br", "16 flexões"): "Dezesseis flexões",
    ("pt-PT", "16 flexões"): "Dezasseis flexões",
    ("fr-BE", "70 kg"): "Septante kilos",
    ("fr-CH", "80 s"): "Huitante secondes",
    ("es-MX", "2.5 kg"): "Dos punto cinco kilos",
    ("de-AT", "3x12"): "Drei mal zwölf",
    ("en-GB", "30s"): "Thirty seconds",
}


@pytest.mark.parametrize(("case", "read"), REGIONS.items())
def test_a_region_says_some_numbers_its_own_way(case: tuple[str, str], read: str) -> None:
    language, written = case
    assert speakable(written, language=language) == read


def test_a_language_without_rules_keeps_its_figures() -> None:
    assert speakable("30 sekunder 💪", language="sv") == "30 sekunder"


PIECES = (
    *"0123456789.,:;-/x+@&#%~<>=±≤→°ºª½¼²³()'\"!?\n",
    *("30s", "1m30s", "3x12", "10-15", "2,5", "4:22/km", "2/4", " kg", "km", " m", "°C", "1:30"),
    *("RDL", "AMRAP", "1.500", "007", "٣", "①", "３", "💪", "$5", "3º", "3. ", "3e ", "−5", "〜"),  # noqa: RUF001
    *(" ", " ", " "),
)
MIXES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("language", ["en", *TABLES])
@given(text=MIXES)
def test_no_figure_and_no_sign_is_left(language: str, text: str) -> None:
    said = speakable(text, language=language)
    assert not re.search(r"\d|[@&#%~<>=±≤→°½¼²³+/$\"]", said), said


@pytest.mark.parametrize("language", ["en", *TABLES])
@given(text=st.text(max_size=40))
def test_any_text_can_be_read(language: str, text: str) -> None:
    assert not re.search(r"\d", speakable(text, language=language))


UNITS = (*"smh%°½¼$", "min", "kg", "km", " m", "cm", "°C", "km/h", "kcal", " m²", " m³")
AMOUNTS = (*PIECES, *map(str, range(1200)), *(f"{n}{unit}" for n in (1, 7) for unit in UNITS))


@cache
def words_of(language: str) -> frozenset[str]:
    """Words that amounts of all kinds take in a language."""
    return words(" ".join(speakable(text, language=language) for text in AMOUNTS))


def words(said: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", said.lower()))


@pytest.mark.parametrize("language", TABLES)
@given(text=MIXES)
def test_no_word_of_another_language_slips_in(language: str, text: str) -> None:
    foreign = frozenset[str]().union(*map(words_of, {"en", *TABLES} - {language}))
    assert not words(speakable(text, language=language)) & (foreign - words_of(language))


@pytest.mark.parametrize("language", ["en", *TABLES])
@pytest.mark.parametrize("after", ["", ":30", ":30/km", "s", "º", "½ km", " x 3", "-7"])
def test_a_number_of_any_length_can_be_read(language: str, after: str) -> None:
    assert not re.search(r"\d", speakable("1" * 5000 + after, language=language))
